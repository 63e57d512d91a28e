using System.Text;

namespace Turbulence.Runs.Tests.Packages;

public sealed class PackageReadmeTests(PackedFolder packages)
{
    private static readonly string Project =
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup>
        {string.Join('\n', PackageTests.Packages.Select(static row =>
            $"    <PackageReference Include=\"{row.Data}\" Version=\"[{PackedFolder.Version}]\" />"))}
          </ItemGroup>
        </Project>
        """;

    [GateFact]
    public async Task What_a_readme_shows_can_be_compiled_with_the_packages()
    {
        using var folder = new TemporaryFolder();
        await packages.BeTheSourceOfAsync(folder.Path);
        folder.Write("readmes.csproj", Project);
        var number = 0;
        foreach (var row in PackageTests.Packages)
        {
            var blocks = CodeBlocks.Of(Path.Combine(BuiltProgram.Root, "src", row.Data, "README.md")).ToList();
            Assert.NotEmpty(blocks);
            foreach (var block in blocks)
            {
                folder.Write($"{row.Data}.{++number}.cs", Member(block, number));
            }
        }

        await OuterProgram.DotNet(folder.Path).RunAsync("build", "-v", "q", "-nologo");
    }

    // Of a program's statements there may be only one file; each becomes a method here. What is a file as it is, stays one.
    private static string Member(string block, int number)
    {
        if (block.Contains("\nnamespace ", StringComparison.Ordinal))
        {
            return block;
        }

        var lines = block.Split('\n').ToLookup(static line => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('='));
        return new StringBuilder()
            .AppendJoin('\n', lines[true])
            .Append($"\n\ninternal static class Readme{number}\n{{\n    public static async Task RunAsync()\n    {{\n")
            .AppendJoin('\n', lines[false])
            .Append("        await Task.CompletedTask;\n    }\n}\n")
            .ToString();
    }
}
