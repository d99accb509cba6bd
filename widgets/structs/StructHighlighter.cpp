#include "widgets/structs/StructHighlighter.h"

#include "structs/StructLexer.h"
#include "structs/StructParser.h"
#include "structs/StructTypes.h"
#include "widgets/controls/ExactText.h"
#include "widgets/style/Theme.h"

#include <algorithm>

namespace sockeye {

namespace {

/// The state of a line that ends inside of a comment.
constexpr int InComment = 1;

/// Where a comment begins in a line, outside of quotation marks; its size for none.
qsizetype commentAt(QStringView text, qsizetype from)
{
    QChar quote;
    for (qsizetype at = from; at < text.size(); ++at) {
        const QChar c = text[at];
        if (!quote.isNull()) {
            at += c == u'\\' ? 1 : 0;
            quote = c == quote ? QChar() : quote;
        } else if (c == u'"' || c == u'\'') {
            quote = c;
        } else if (c == u'/' && at + 1 < text.size() && (text[at + 1] == u'/' || text[at + 1] == u'*')) {
            return at;
        }
    }
    return text.size();
}

} // namespace

StructHighlighter::StructHighlighter(QTextDocument *document)
    : QSyntaxHighlighter(document)
{
}

void StructHighlighter::setColors(const ThemeColors &colors)
{
    m_keyword = colors.control;
    m_type = colors.received;
    m_number = colors.sent;
    m_text = colors.ok;
    m_dim = colors.dimText;
    rehighlight();
}

void StructHighlighter::highlightBlock(const QString &text)
{
    qsizetype at = 0;
    bool isComment = previousBlockState() == InComment;
    while (at < text.size()) {
        if (isComment) {
            const qsizetype found = text.indexOf(QStringLiteral("*/"), at);
            const qsizetype end = found < 0 ? text.size() : found + 2;
            setFormat(static_cast<int>(at), static_cast<int>(end - at), m_dim);
            isComment = found < 0;
            at = end;
            continue;
        }
        const qsizetype comment = commentAt(text, at);
        highlightWords(text, at, comment);
        if (comment < text.size() && text[comment + 1] == u'/') {
            setFormat(static_cast<int>(comment), static_cast<int>(text.size() - comment), m_dim);
            break;
        }
        isComment = comment < text.size();
        if (isComment)
            setFormat(static_cast<int>(comment), 2, m_dim);
        at = std::min(comment + 2, text.size());
    }
    setCurrentBlockState(isComment ? InComment : 0);
    for (const ExactText::Range &picture : ExactText::pictures(currentBlock()))
        setFormat(picture.start, picture.length, m_dim);
}

void StructHighlighter::highlightWords(const QString &text, qsizetype begin, qsizetype end)
{
    const QStringView part = QStringView(text).sliced(begin, end - begin);
    for (const StructToken &token : structTokens(part)) {
        const auto set = [&](const QColor &color) {
            setFormat(static_cast<int>(begin + token.offset), static_cast<int>(token.text.size()), color);
        };
        switch (token.kind) {
        case StructToken::Kind::Name:
            if (isStructKeyword(token.text))
                set(m_keyword);
            else if (isWordOfCType(token.text) || structTypeNamed(token.text))
                set(m_type);
            break;
        case StructToken::Kind::Number:
        case StructToken::Kind::Decimal:
            set(m_number);
            break;
        case StructToken::Kind::Text:
            set(m_text);
            break;
        case StructToken::Kind::Directive:
            set(m_keyword);
            break;
        default:
            break;
        }
    }
}

} // namespace sockeye
