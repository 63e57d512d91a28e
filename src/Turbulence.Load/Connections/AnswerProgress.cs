namespace Turbulence.Load.Connections;

/// <summary>How far an answer has come.</summary>
internal enum AnswerProgress
{
    /// <summary>More has to come.</summary>
    Partial,

    /// <summary>All of it is there.</summary>
    Whole,

    /// <summary>It is no answer that can mean only one thing.</summary>
    Bad,
}
