namespace Turbulence.Keys;

/// <summary>The key <c>type</c> of a place that is known by it.</summary>
internal static class TypeKey
{
    /// <summary>The key with the one word that it has there.</summary>
    /// <param name="word">The word.</param>
    /// <param name="name">The key.</param>
    public static FormatKey Of(string word, string name = "type") =>
        new(name, "What it is.", ValueForm.OneOf(new KeyWord(word, ""))) { IsRequired = true };
}
