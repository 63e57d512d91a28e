using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Turbulence.Platform.Http;

namespace Turbulence.Load.Requests;

/// <summary>
/// Something that is looked for in answers: a text, a regular expression that is found in time proportional to the answer, whatever it is,
/// or what a JSONPath is to find.
/// </summary>
public sealed class AnswerPattern
{
    /// <summary>How much of a body is looked at, 64 KiB; what comes behind is not.</summary>
    public const int MostBody = 64 << 10;

    private static readonly SearchValues<char> Special = SearchValues.Create(@"\*+?|{[()^$.# ");

    private readonly byte[]? literal;
    private readonly Regex? expression;
    private readonly JsonAnswer? json;
    private readonly byte[] field;

    /// <summary>Makes one.</summary>
    /// <param name="pattern">A regular expression, found anywhere; without lookarounds and references back.</param>
    /// <param name="part">Where it is looked for.</param>
    /// <param name="header">In which header field, where it is looked for in one.</param>
    /// <exception cref="ArgumentException">It is no such expression; the message says why, in one line.</exception>
    public AnswerPattern(string pattern, AnswerPart part = AnswerPart.Body, string header = "")
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(header);
        Part = part;
        field = Encoding.Latin1.GetBytes(header);
        if (pattern.AsSpan().ContainsAny(Special))
        {
            try
            {
                expression = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }
            catch (NotSupportedException failure)
            {
                throw new ArgumentException(
                    "it has a lookaround, a reference back or another part that is not found in linear time", failure);
            }
            catch (RegexParseException failure)
            {
                throw new ArgumentException(failure.Message, failure);
            }
        }
        else
        {
            literal = Encoding.UTF8.GetBytes(pattern);
        }
    }

    private AnswerPattern(JsonAnswer json) => (this.json, field, Part) = (json, [], AnswerPart.Body);

    /// <summary>Where it is looked for.</summary>
    public AnswerPart Part { get; }

    /// <summary>
    /// What a JSONPath (RFC 9535) finds in a body that is JSON. A body that is none, or is longer than <see cref="MostBody"/>, holds
    /// nothing.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="hasExpect">Whether certain values are expected; otherwise anything is to be found.</param>
    /// <param name="expect">The value that is to be found alone, or a list of all that are.</param>
    /// <exception cref="ArgumentException">It is no such path; the message says why, in one line.</exception>
    public static AnswerPattern OfJsonPath(string path, bool hasExpect = false, JsonNode? expect = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(new JsonAnswer(path, hasExpect, expect));
    }

    /// <summary>Whether it is found in an answer.</summary>
    /// <param name="status">The answer's status.</param>
    /// <param name="head">Its head, with the empty line; empty where <see cref="Part"/> is not <see cref="AnswerPart.Header"/>.</param>
    /// <param name="body">Its body, up to <see cref="MostBody"/>.</param>
    internal bool IsIn(int status, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        switch (Part)
        {
            case AnswerPart.Body:
                return json?.IsIn(body) ?? IsIn(body);
            case AnswerPart.Status:
                Span<byte> digits = stackalloc byte[3];
                status.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
                return IsIn(digits[..length]);
            default:
                var fields = new HttpFields(head);
                while (fields.MoveNext())
                {
                    if (HttpFields.Is(fields.Name, field) && IsIn(fields.Value))
                    {
                        return true;
                    }
                }

                return false;
        }
    }

    private bool IsIn(ReadOnlySpan<byte> bytes)
    {
        if (literal is not null)
        {
            return bytes.IndexOf(literal) >= 0;
        }

        var text = ArrayPool<char>.Shared.Rent(bytes.Length);
        var length = Encoding.UTF8.GetChars(bytes, text);
        var isFound = expression!.IsMatch(text.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(text);
        return isFound;
    }
}
