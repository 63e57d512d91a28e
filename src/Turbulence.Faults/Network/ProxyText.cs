namespace Turbulence.Faults.Network;

/// <summary>What people are told to do about a toxic that is still in a proxy.</summary>
internal static class ProxyText
{
    /// <summary>The undo, in one line.</summary>
    public static string Undo(ToxicOrder order, IReadOnlyList<ProxyPlace> places) =>
        string.Join("; ", places.Select(place => place.Api is null
            ? $"remove the fault's toxic from proxy '{place.Proxy}'"
            : $"remove toxic {order.Name} from proxy '{place.Proxy}': {Command(order, place)}"));

    /// <summary>The command that removes it; one that needs no token that only the fault's record has, where there is such a one.</summary>
    public static string Command(ToxicOrder order, ProxyPlace place) =>
        place.Api is null || (place.Token is not null && place.TokenFile is null)
        ? $"chaos faults revert {order.Fault}"
        : $"chaos proxy toxic remove {Quoted(place.Proxy)} --name {order.Name} --api {Quoted(place.Api.GetLeftPart(UriPartial.Path).TrimEnd('/'))}"
        + (place.TokenFile is { } file ? $" --token-file {Quoted(file)}" : "");

    private static string Quoted(string text) =>
        text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':' or '/') && text.Length > 0 ? text
        : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
