namespace Turbulence.Reports.Pages;

/// <summary>A table whose first column names its rows. It is scrolled by itself where the screen is too narrow.</summary>
internal sealed class HtmlTable
{
    private readonly HtmlText html;
    private readonly string[] columns;

    public HtmlTable(HtmlText html, params string[] columns)
    {
        this.html = html;
        this.columns = columns;
        html.Open("div", ("class", "table"), ("tabindex", "0"), ("role", "group"), ("aria-label", "Table")).Open("table").Open("thead")
            .Open("tr");
        foreach (var column in columns)
        {
            _ = column.Length > 0 ? html.Element("th", column, ("scope", "col")) : html.Element("td", "");
        }

        html.Close("tr").Close("thead").Open("tbody");
    }

    /// <summary>A row, a cell for each column.</summary>
    public void Row(params ReadOnlySpan<string> cells)
    {
        html.Open("tr").Element("th", cells[0], ("scope", "row"));
        for (var number = 1; number < cells.Length; number++)
        {
            // Figures stand one below the other, texts do not.
            html.Element("td", cells[number], ("class", cells[number] is [>= '0' and <= '9' or '+' or '−' or '–', ..]
                && cells[number].Length < 40 ? "figure" : null),
                ("data-name", columns[number]));
        }

        html.Close("tr");
    }

    public void End() => html.Close("tbody").Close("table").Close("div");
}
