namespace Turbulence.Events;

/// <summary>Where a fault is on its way. Each step is durable before the next begins.</summary>
public enum FaultState
{
    /// <summary>Its undo is written down; nothing was touched.</summary>
    Planned,

    /// <summary>It may exist, in part or whole.</summary>
    Injecting,

    /// <summary>It exists.</summary>
    Active,

    /// <summary>It is being taken back.</summary>
    Reverting,

    /// <summary>It was taken back; nobody has looked yet.</summary>
    Reverted,

    /// <summary>It was seen that everything is as it was. The record can go.</summary>
    Confirmed,
}
