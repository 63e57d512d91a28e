namespace Turbulence.Python.Patterns;

/// <summary>What a quantifier has to know of the piece before it.</summary>
internal enum PieceKind
{
    /// <summary>It can be repeated.</summary>
    Plain,

    /// <summary>A place between characters: there is nothing to repeat.</summary>
    Place,

    /// <summary>It is repeated already.</summary>
    Repeated,
}
