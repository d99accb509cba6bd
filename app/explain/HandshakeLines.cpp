#include "explain/HandshakeLines.h"

#include "explain/HeaderExplanations.h"

#include <QCoreApplication>
#include <QHash>

#include <limits>

namespace sockeye {

namespace {

struct HandshakeLinesWords
{
    Q_DECLARE_TR_FUNCTIONS(HandshakeLines)
};

QList<QByteArray> linesOf(const QByteArray &head)
{
    QList<QByteArray> lines;
    for (qsizetype at = 0; at < head.size();) {
        const qsizetype lineFeed = head.indexOf('\n', at);
        const qsizetype end = lineFeed < 0 ? head.size() : lineFeed + 1;
        lines += head.sliced(at, end - at);
        at = end;
    }
    return lines;
}

QByteArrayView withoutBreak(QByteArrayView line)
{
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/// A header's name is what stands before the colon; nothing for a line that has none.
QByteArray nameIn(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    return colon > 0 ? line.first(colon).toByteArray().trimmed() : QByteArray();
}

HandshakeLine foldedLine(const QByteArray &bytes)
{
    HandshakeLine line;
    line.bytes = bytes;
    line.folded = true;
    line.text = HandshakeLinesWords::tr("Continues the header above it.");
    line.section = QStringLiteral("RFC 9112 5.2");
    line.problem = HandshakeLinesWords::tr("Folding a header over several lines is obsolete and must not be sent.");
    return line;
}

HandshakeLine lineWith(const QByteArray &bytes, const QByteArray &name, const Explanation &meaning)
{
    return {.bytes = bytes, .name = name, .text = meaning.text, .section = meaning.section, .problem = meaning.problem};
}

/// The value of the header in line `at` with the folded lines that follow.
QByteArray unfoldedValue(const QList<QByteArray> &all, qsizetype at)
{
    QByteArray value = withoutBreak(all[at]).toByteArray();
    value = value.sliced(value.indexOf(':') + 1).trimmed();
    for (qsizetype next = at + 1; next < all.size() && isBlank(all[next].front()); ++next)
        value += ' ' + all[next].trimmed();
    return value.trimmed();
}

/// Says of each header that stands more than once whether it may.
void markDuplicates(HandshakeLines &lines, bool isReply)
{
    QHash<QByteArray, int> counts;
    for (const HandshakeLine &line : lines) {
        if (!line.name.isEmpty())
            ++counts[line.name.toLower()];
    }
    for (HandshakeLine &line : lines) {
        line.duplicate = counts.value(line.name.toLower()) > 1;
        if (!line.duplicate)
            continue;
        const QString section = singleHeaderSection(line.name, isReply);
        if (section.isEmpty())
            line.text += u' ' + HandshakeLinesWords::tr("It stands in more than one line.");
        else if (line.problem.isEmpty())
            line.problem = HandshakeLinesWords::tr("This header must stand only once (%1).").arg(section);
    }
}

HandshakeLine explainLine(const HandshakeLines &before, const QList<QByteArray> &all, const HttpHead &head,
                          const HeadContext &context)
{
    const qsizetype at = before.size();
    const QByteArray &bytes = all[at];
    const QByteArrayView words = withoutBreak(bytes);
    if (at == 0)
        return lineWith(bytes, {}, startLineExplanation(head, context));
    if (words.isEmpty())
        return lineWith(bytes, {},
                        {HandshakeLinesWords::tr("The empty line ends the head."), QStringLiteral("RFC 9112 2.1"), {}});
    if (isBlank(words.front()))
        return foldedLine(bytes);
    const QByteArray name = nameIn(words);
    if (name.isEmpty()) {
        return lineWith(bytes, {},
                        {QString(), QStringLiteral("RFC 9112 5"),
                         HandshakeLinesWords::tr("This is no header: no name stands before a colon.")});
    }
    return lineWith(bytes, name, headerExplanation(name, unfoldedValue(all, at), context));
}

HandshakeLines explain(const QByteArray &bytes, const HeadContext &context)
{
    const QList<QByteArray> all = linesOf(bytes);
    const HttpHead head = recordedHead(bytes);
    HandshakeLines lines;
    lines.reserve(all.size());
    while (lines.size() < all.size())
        lines += explainLine(lines, all, head, context);
    markDuplicates(lines, context.isReply);
    return lines;
}

} // namespace

HttpHead recordedHead(const QByteArray &bytes)
{
    HttpHeadParser parser({bytes.size() + 1, std::numeric_limits<int>::max()});
    QByteArrayView input(bytes);
    (void)parser.feed(input);
    return parser.head();
}

QByteArrayView HandshakeLine::words() const
{
    return withoutBreak(bytes);
}

HandshakeLines explainRequest(const QByteArray &head)
{
    return explain(head, {false, recordedHead(head)});
}

HandshakeLines explainReply(const QByteArray &head, const QByteArray &request)
{
    return explain(head, {true, recordedHead(request)});
}

} // namespace sockeye
