namespace Turbulence.Load.Requests;

/// <summary>Where in an answer something is looked for.</summary>
public enum AnswerPart
{
    /// <summary>In its body.</summary>
    Body,

    /// <summary>In the values of one of its header fields.</summary>
    Header,

    /// <summary>In its status.</summary>
    Status,
}
