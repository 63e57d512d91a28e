namespace Turbulence.Cli.Tests.Verbs;

/// <summary>Experiments that need nothing but a shell.</summary>
internal static class SampleExperiments
{
    /// <summary>Passes at once.</summary>
    public const string Passing =
        """
        {
          "title": "Say ${word}",
          "description": "Needs nothing.",
          "configuration": { "word": "hello" },
          "steady-state-hypothesis": {
            "title": "All is well",
            "probes": [
              { "type": "probe", "name": "ok", "tolerance": 0, "provider": { "type": "process", "path": "true" } }
            ]
          },
          "method": [
            { "type": "action", "name": "act", "provider": { "type": "process", "path": "true" } }
          ],
          "rollbacks": []
        }
        """;

    /// <summary>Its method waits until it is interrupted; its rollbacks leave files behind, the first one after a moment.</summary>
    public const string Waiting =
        """
        {
          "title": "Wait",
          "description": "Waits.",
          "method": [
            { "type": "action", "name": "wait", "provider": { "type": "process", "path": "sleep", "arguments": "600" } }
          ],
          "rollbacks": [
            { "type": "action", "name": "first", "provider": { "type": "process", "path": "sh", "arguments": ["-c", "touch first; read line < gate"] } },
            { "type": "action", "name": "second", "provider": { "type": "process", "path": "touch", "arguments": "second" } }
          ]
        }
        """;
}
