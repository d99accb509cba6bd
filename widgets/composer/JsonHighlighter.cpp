#include "widgets/composer/JsonHighlighter.h"

#include "widgets/style/Theme.h"

#include <QRegularExpression>

namespace sockeye {

JsonHighlighter::JsonHighlighter(QTextDocument *document)
    : QSyntaxHighlighter(document)
{
}

void JsonHighlighter::setEnabled(bool enabled)
{
    if (m_enabled == enabled)
        return;
    m_enabled = enabled;
    rehighlight();
}

void JsonHighlighter::setColors(const ThemeColors &colors)
{
    m_name = colors.control;
    m_string = colors.ok;
    m_value = colors.sent;
    if (m_enabled)
        rehighlight();
}

void JsonHighlighter::highlightBlock(const QString &text)
{
    // A line this long is data, not something that is read in the editor.
    constexpr qsizetype MaxLine = 20'000;
    if (!m_enabled || text.size() > MaxLine)
        return;
    static const QRegularExpression token(
        QStringLiteral(R"re("(?:[^"\\]|\\.)*"?(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b)re"));
    for (auto it = token.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const int start = static_cast<int>(match.capturedStart());
        if (!match.captured().startsWith(u'"'))
            setFormat(start, static_cast<int>(match.capturedLength()), m_value);
        else if (match.capturedLength(1) > 0)
            setFormat(start, static_cast<int>(match.capturedLength() - match.capturedLength(1)), m_name);
        else
            setFormat(start, static_cast<int>(match.capturedLength()), m_string);
    }
}

} // namespace sockeye
