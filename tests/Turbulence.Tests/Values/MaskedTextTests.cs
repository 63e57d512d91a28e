using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Running;
using Turbulence.Tolerances;
using Turbulence.Values;
using Activity = Turbulence.Experiments.Activity;

namespace Turbulence.Tests.Values;

/// <summary>Mask, then shorten: wherever the cut falls, nothing of a secret is left.</summary>
public sealed class MaskedTextTests
{
    private const string Secret = "correct-horse-battery-sta";

    private static readonly SecretMask Mask = SecretMask.Of([Secret]);

    [Fact]
    public void Wherever_a_text_is_cut_no_part_of_a_secret_is_left()
    {
        for (var before = 0; before < 40; before++)
        {
            var shown = Mask.Mask(new string('x', before) + Secret + " and more").Shorten(30).ToString();
            Assert.DoesNotContain(Secret[..3], shown, StringComparison.Ordinal);
            Assert.InRange(shown.Length, 1, 31);
        }
    }

    [Theory]
    [InlineData("0123456789", 10, "0123456789")]
    [InlineData("0123456789", 9, "012345678…")]
    [InlineData("01234567\ud83d\ude00", 9, "01234567…")]
    [InlineData("", 5, "")]
    public void A_text_is_cut_at_its_length_and_no_character_is_torn_apart(string text, int longest, string expected) =>
        Assert.Equal(expected, SecretMask.None.Mask(text).Shorten(longest).ToString());

    [Fact]
    public async Task A_value_that_misses_its_tolerance_shows_no_part_of_a_secret_wherever_it_is_cut()
    {
        var values = new ResolvedValues([], new JsonObject { ["s"] = new JsonObject { ["k"] = Secret } });
        for (var before = ShortJson.Longest - 40; before < ShortJson.Longest + 2; before++)
        {
            var text = new string('x', before) + Secret;
            foreach (var output in (JsonNode[])[JsonValue.Create(text), new JsonArray(text, 1), new JsonObject { [text] = Secret }])
            {
                var outcome = await Tolerance.EvaluateAsync(
                    new ToleranceCheck(text + "!", output) { Values = values }, TestContext.Current.CancellationToken);
                Assert.DoesNotContain(Secret[..3], outcome.Describe(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_last_words_of_a_failed_program_show_no_part_of_a_secret_wherever_they_are_cut()
    {
        var action = new Activity(
            new JsonObject { ["type"] = "action", ["name"] = "a", ["provider"] = new JsonObject { ["type"] = "process" } });
        for (var before = 160; before < 205; before++)
        {
            var output = new JsonObject { ["status"] = 3, ["stderr"] = $"first\n{new string('x', before)}{Secret} denied" };
            var said = ReportedFailure.Find(action, output, Mask)!;
            Assert.Contains("xxx", said, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret[..3], said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Output_that_was_cut_while_it_came_ends_with_no_part_of_a_secret()
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret));
        foreach (var form in (string[])[Secret, encoded, Secret.ToUpperInvariant()])
        {
            for (var kept = 1; kept < form.Length; kept++)
            {
                Assert.Equal("said: *****", Mask.HideCut("said: " + form[..kept]));
            }
        }

        Assert.Equal("said: nothing", Mask.HideCut("said: nothing"));
        Assert.Equal("", Mask.HideCut(""));
    }

    [Theory]
    [InlineData("correct-horse-battery-sta", true)]
    [InlineData("CORRECT-HORSE-BATTERY-STA", true)]
    [InlineData("636f72726563742d686f7273652d626174746572792d737461", true)]
    [InlineData("636F72726563742D686F7273652D626174746572792D737461", true)]
    [InlineData("Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5LXN0YQ==", true)]
    [InlineData("dXNlcjpjb3JyZWN0LWhvcnNlLWJhdHRlcnktc3Rh", true)]
    [InlineData("correct%2Dhorse%2dbattery%2Dsta", false)]
    [InlineData("Correct-Horse-Battery-Sta", false)]
    [InlineData("correct-horse-\nbattery-sta", false)]
    [InlineData("Y29ycmVjdC1ob3Jz\nZS1iYXR0ZXJ5LXN0YQ==", false)]
    [InlineData("ats-yrettab-esroh-tcerroc", false)]
    [InlineData("c o r r e c t", false)]
    public void The_page_says_which_forms_are_found_and_which_are_not(string form, bool isFound)
    {
        var masked = Mask.Apply($"a {form} b");
        Assert.Equal(isFound, masked.EndsWith("***** b", StringComparison.Ordinal));
        Assert.Equal(!isFound, masked.Contains(form, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_line_of_a_secret_of_several_lines_is_found_by_itself()
    {
        var mask = SecretMask.Of(["-----BEGIN-----\nMIIEowIBAAKCAQEA\n-----END-----"]);
        Assert.Equal("***** then *****", mask.Apply("MIIEowIBAAKCAQEA then -----END-----"));
    }

    [Fact]
    public void What_stands_in_a_text_in_whatever_form_is_told()
    {
        var mask = SecretMask.Of(["first-secret", "second-secret"]);
        Assert.Equal(["second-secret"], mask.In("{\"path\": \"/tmp/SECOND-SECRET\"}"));
        Assert.Equal([], mask.In("nothing"));
    }
}
