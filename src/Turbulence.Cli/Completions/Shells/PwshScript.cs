namespace Turbulence.Cli.Completions.Shells;

/// <summary>PowerShell 7, and Windows PowerShell 5.1.</summary>
internal static class PwshScript
{
    /// <summary>The script.</summary>
    public static ShellScript Script { get; } = new("pwsh", """
        # Completion of chaos for PowerShell. In $PROFILE:  chaos completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName chaos -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $program = (Get-Command chaos -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1).Source
            if (-not $program) { return }
            $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
                Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
                ForEach-Object { if ($_.Value -is [string]) { $_.Value } else { $_.Extent.Text } })
            $current = "$wordToComplete".Trim('"', "'")
            # What is older than 7.3 loses an argument that is empty.
            $last = if ($current -eq '' -and $PSVersionTable.PSVersion -lt [version]'7.3') { '""' } else { $current }
            $files = ''
            foreach ($line in @(& $program complete '--' @before $last 2>$null)) {
                if ($line.StartsWith(':')) { $files = $line.Substring(1); continue }
                $word, $summary = $line -split "`t", 2
                if (-not $summary) { $summary = $word }
                $kind = if ($word.StartsWith('-')) { 'ParameterName' } else { 'ParameterValue' }
                [System.Management.Automation.CompletionResult]::new($word, $word, $kind, $summary)
            }
            if (-not $files) { return }
            $kept = ''
            if ($current -match '^(--[^=]+=)(.*)$') { $kept = $Matches[1]; $current = $Matches[2] }
            [System.Management.Automation.CompletionCompleters]::CompleteFilename($current) | ForEach-Object {
                $isFolder = $_.ResultType -eq 'ProviderContainer'
                $ending = [System.IO.Path]::GetExtension($_.ListItemText).TrimStart('.')
                if ($isFolder -or $files -eq 'any' -or ($files -split ',') -contains $ending) {
                    $path = $kept + $_.CompletionText
                    [System.Management.Automation.CompletionResult]::new($path, $_.ListItemText, $_.ResultType, $_.ToolTip)
                }
            }
        }

        """);
}
