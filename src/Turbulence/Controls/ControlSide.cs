namespace Turbulence.Controls;

/// <summary>On which side of its level a hook stands.</summary>
public enum ControlSide
{
    /// <summary>Before it.</summary>
    Before,

    /// <summary>After it, however it ended.</summary>
    After,
}
