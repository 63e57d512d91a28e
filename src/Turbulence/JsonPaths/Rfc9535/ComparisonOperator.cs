namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>The operators of RFC 9535, section 2.3.5.2.2.</summary>
internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
