using System.CommandLine;

namespace Turbulence.Cli.Completions;

/// <summary>What the help calls a value says which files it is: a verb that uses these words needs nothing more.</summary>
internal static class FileWishes
{
    /// <summary>What a value with this name in the help is.</summary>
    public static FileWish Of(string? name) => name switch
    {
        "PATH" or "FILE" => FileWish.Any,
        "DIR" or "FOLDER" => FileWish.Folders,
        "SOURCE" => FileWish.Experiments,
        "JOURNAL" or "BASE" or "HEAD" or "RUN" => FileWish.Journals,
        _ => FileWish.None,
    };

    /// <summary>What an option takes.</summary>
    public static FileWish Of(Option option) => Of(option.HelpName);

    /// <summary>What an argument is.</summary>
    public static FileWish Of(Argument argument) => Of(argument.Name);

    /// <summary>The line that tells a shell: <c>:any</c>, <c>:folders</c>, endings such as <c>:json,yaml,yml</c>, or <c>:</c>.</summary>
    public static string Line(this FileWish wish) => wish switch
    {
        FileWish.Any => ":any",
        FileWish.Folders => ":folders",
        FileWish.Experiments => ":json,yaml,yml",
        FileWish.Journals => ":json",
        _ => ":",
    };
}
