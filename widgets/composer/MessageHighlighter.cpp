#include "widgets/composer/MessageHighlighter.h"

#include "widgets/controls/ExactText.h"
#include "widgets/style/Theme.h"

#include <QRegularExpression>

namespace sockeye {

MessageHighlighter::MessageHighlighter(QTextDocument *document)
    : QSyntaxHighlighter(document)
{
}

void MessageHighlighter::setJson(bool isJson)
{
    if (m_isJson == isJson)
        return;
    m_isJson = isJson;
    rehighlight();
}

void MessageHighlighter::setColors(const ThemeColors &colors)
{
    m_name = colors.control;
    m_string = colors.ok;
    m_value = colors.sent;
    m_picture = colors.dimText;
    rehighlight();
}

void MessageHighlighter::highlightBlock(const QString &text)
{
    if (m_isJson)
        highlightJson(text);
    for (const ExactText::Range &picture : ExactText::pictures(currentBlock()))
        setFormat(picture.start, picture.length, m_picture);
}

void MessageHighlighter::highlightJson(const QString &text)
{
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
