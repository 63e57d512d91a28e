namespace Turbulence.Load.Requests;

/// <summary>A kind of answer that is counted by itself, such as those of the primary server.</summary>
/// <param name="Name">What it is called; none of the other outcomes' names.</param>
/// <param name="Pattern">What is found in such an answer. Of several classes, the first that fits counts.</param>
public sealed record AnswerClass(string Name, AnswerPattern Pattern);
