namespace Turbulence.Cli.Tests.Wizard.Discoveries;

/// <summary>A discovery document with activities of both languages, and entries that are none.</summary>
internal static class SampleDiscovery
{
    public const string Text = """
        {
          "chaoslib_version": "1.45.0",
          "id": "1b4c0e0e-2f0b-4a3e-8f4a-000000000000",
          "target": "shop",
          "extension": { "name": "shop-chaos", "version": "1.0.0" },
          "activities": [
            { "type": "probe", "name": "orders_wait", "mod": "shop.probes", "doc": "How many orders wait.\n\nLonger.", "return_type": "integer",
              "arguments": [
                { "name": "region", "type": "string" },
                { "name": "limit", "type": "integer", "default": 10 },
                { "name": "labels", "type": "mapping", "default": null },
                { "name": "prefix", "type": "string", "default": "" },
                { "name": "anything" },
                { "name": "configuration", "type": "mapping", "default": null },
                { "name": "secrets", "type": "mapping", "default": null }
              ] },
            { "type": "action", "name": "close_shop", "mod": "shop.actions", "doc": null, "arguments": [] },
            { "type": "probe", "name": "file-exists", "assembly": "System.Runtime", "class": "System.IO.File", "method": "Exists",
              "arguments": [{ "name": "path", "type": "string" }], "return_type": "boolean" },
            { "type": "action", "name": "Close", "mod": "Shop.Doors", "arguments": [],
              "provider": { "type": "dotnet", "assembly": "Shop.dll", "class": "Shop.Doors", "method": "Close" } },
            { "type": "probe", "name": "nowhere" },
            { "type": "control", "name": "c", "mod": "m" },
            5
          ],
          "system": null
        }
        """;
}
