#include "widgets/controls/ExactText.h"

#include "base/CharacterNames.h"
#include "base/CombiningMarks.h"
#include "widgets/controls/CharacterPictures.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>

namespace sockeye {
namespace {

/// Of a block separator: the LineEnding.
constexpr int EndingProperty = QTextFormat::UserProperty + 1;
/// Of a picture: the UTF-16 code unit that it stands for.
constexpr int CharacterProperty = QTextFormat::UserProperty + 2;
/// Of a sign for combining marks that are too many: the marks.
constexpr int MarksProperty = QTextFormat::UserProperty + 3;

QTextCharFormat separatorFormat(LineEnding ending)
{
    QTextCharFormat format;
    if (ending != LineEnding::Lf)
        format.setProperty(EndingProperty, static_cast<int>(ending));
    return format;
}

QTextCharFormat pictureFormat(QChar c)
{
    QTextCharFormat format;
    format.setProperty(CharacterProperty, static_cast<int>(c.unicode()));
    return format;
}

QTextCharFormat marksFormat(QStringView marks)
{
    QTextCharFormat format;
    format.setProperty(MarksProperty, marks.toString());
    return format;
}

bool standsForMarks(QChar shown, const QTextCharFormat &format)
{
    return shown == SurplusMarksSign && format.hasProperty(MarksProperty);
}

/// The character that a format makes of one in the document. What is typed beside a picture may inherit its format, so
/// the format counts only where the picture itself is.
QChar throughPicture(QChar shown, const QTextCharFormat &format)
{
    if (!isPicture(shown) || !format.hasProperty(CharacterProperty))
        return shown;
    const QChar c(static_cast<char16_t>(format.intProperty(CharacterProperty)));
    return pictureOf(c) == shown ? c : shown;
}

bool isSpecial(QStringView text, qsizetype at)
{
    const QChar c = text[at];
    if (c.isSurrogate())
        return isLoneSurrogate(text, at);
    return c == u'\n' || c == u'\r' || needsPicture(c);
}

/// Writes text at a cursor, broken where a line would become too long to lay out.
class Inserter final
{
public:
    explicit Inserter(QTextCursor &cursor)
        : m_cursor(cursor)
        , m_column(cursor.positionInBlock())
    {
    }

    void insert(QStringView text)
    {
        for (qsizetype at = 0; at < text.size();) {
            const MarkRange surplus = surplusMarks(text, at);
            insertPart(text.sliced(at, surplus.start - at));
            if (surplus.size > 0)
                insertRun(QString(SurplusMarksSign), marksFormat(text.sliced(surplus.start, surplus.size)));
            at = surplus.end();
        }
        breakBeforeRest();
    }

private:
    void insertPart(QStringView text)
    {
        for (qsizetype at = 0; at < text.size();) {
            qsizetype end = at;
            while (end < text.size() && !isSpecial(text, end))
                ++end;
            insertRun(text.sliced(at, end - at), {});
            at = end < text.size() ? end + insertSpecial(text, end) : end;
        }
    }

    /// Returns the number of characters that were inserted.
    qsizetype insertSpecial(QStringView text, qsizetype at)
    {
        const LineEnding ending = lineEndingAt(text, at);
        if (ending != LineEnding::None) {
            insertBreak(ending);
            return charactersOf(ending).size();
        }
        qsizetype end = at + 1;
        while (end < text.size() && text[end] == text[at] && !text[end].isSurrogate())
            ++end;
        insertRun(QString(end - at, pictureOf(text[at])), pictureFormat(text[at]));
        return end - at;
    }

    void insertRun(QStringView run, const QTextCharFormat &format)
    {
        while (!run.isEmpty()) {
            const qsizetype room = std::max<qsizetype>(ExactText::MaxLine - m_column, 0);
            const qsizetype length = ExactText::breakPlace(run, room);
            if (length > 0)
                m_cursor.insertText(run.first(length).toString(), format);
            m_column += length;
            run = run.sliced(length);
            if (!run.isEmpty())
                insertBreak(LineEnding::None);
        }
    }

    void insertBreak(LineEnding ending)
    {
        ExactText::insertBreak(m_cursor, ending);
        m_column = 0;
    }

    /// What stood behind the cursor in its line comes behind the inserted text.
    void breakBeforeRest()
    {
        const qsizetype rest = m_cursor.block().length() - 1 - m_cursor.positionInBlock();
        if (rest > 0 && m_column > 0 && m_column + rest > ExactText::MaxLine)
            insertBreak(LineEnding::None);
    }

    QTextCursor &m_cursor;
    qsizetype m_column;
};

/// Collects the exact text of a range of a document.
class Collector final
{
public:
    Collector(int from, int to)
        : m_from(from)
        , m_to(to)
    {
    }

    void addBlock(const QTextBlock &block)
    {
        const int separator = block.position() - 1;
        if (separator >= m_from && separator < m_to)
            m_text += charactersOf(ExactText::endingBefore(block));
        for (auto it = block.begin(); !it.atEnd(); ++it)
            addFragment(it.fragment());
    }

    [[nodiscard]] const QString &text() const { return m_text; }

private:
    void addFragment(const QTextFragment &fragment)
    {
        const int begin = std::max(m_from, fragment.position());
        const int end = std::min(m_to, fragment.position() + fragment.length());
        if (begin >= end)
            return;
        const QString shown = fragment.text();
        const QStringView part = QStringView(shown).sliced(begin - fragment.position(), end - begin);
        const QTextCharFormat format = fragment.charFormat();
        if (!format.hasProperty(CharacterProperty) && !format.hasProperty(MarksProperty)) {
            m_text += part;
            return;
        }
        for (const QChar c : part) {
            if (standsForMarks(c, format))
                m_text += format.stringProperty(MarksProperty);
            else
                m_text += throughPicture(c, format);
        }
    }

    int m_from;
    int m_to;
    QString m_text;
};

QString collect(const QTextDocument &document, int from, int to)
{
    Collector collector(from, to);
    for (QTextBlock block = document.findBlock(from); block.isValid() && block.position() <= to; block = block.next())
        collector.addBlock(block);
    return collector.text();
}

} // namespace

void ExactText::insert(QTextCursor &cursor, QStringView text)
{
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    Inserter(cursor).insert(text);
    cursor.endEditBlock();
}

void ExactText::insertBreak(QTextCursor &cursor, LineEnding ending)
{
    cursor.insertBlock(cursor.blockFormat(), separatorFormat(ending));
}

void ExactText::setText(QTextDocument &document, QStringView text)
{
    const bool hadUndo = document.isUndoRedoEnabled();
    document.setUndoRedoEnabled(false);
    QTextCursor cursor(&document);
    cursor.select(QTextCursor::Document);
    insert(cursor, text);
    document.setUndoRedoEnabled(hadUndo);
}

QString ExactText::text(const QTextDocument &document)
{
    return collect(document, 0, document.characterCount() - 1);
}

QString ExactText::text(const QTextCursor &selection)
{
    if (!selection.hasSelection())
        return {};
    return collect(*selection.document(), selection.selectionStart(), selection.selectionEnd());
}

bool ExactText::needsCare(QStringView text)
{
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (isPicture(text[at]) || text[at] == SurplusMarksSign || isSpecial(text, at))
            return true;
    }
    return surplusMarks(text).size > 0;
}

LineEnding ExactText::endingBefore(const QTextBlock &block)
{
    return static_cast<LineEnding>(block.charFormat().intProperty(EndingProperty));
}

LineEnding ExactText::endingNear(const QTextBlock &block, LineEnding fallback)
{
    // The first block begins the text; nothing ends before it.
    for (QTextBlock above = block; above.previous().isValid(); above = above.previous()) {
        if (const LineEnding ending = endingBefore(above); ending != LineEnding::None)
            return ending;
    }
    for (QTextBlock below = block.next(); below.isValid(); below = below.next()) {
        if (const LineEnding ending = endingBefore(below); ending != LineEnding::None)
            return ending;
    }
    return fallback;
}

void ExactText::setEndings(QTextDocument &document, LineEnding ending)
{
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    for (QTextBlock block = document.begin().next(); block.isValid(); block = block.next()) {
        if (const LineEnding before = endingBefore(block); before == ending || before == LineEnding::None)
            continue;
        cursor.setPosition(block.position() - 1);
        cursor.setPosition(block.position(), QTextCursor::KeepAnchor);
        cursor.setCharFormat(separatorFormat(ending));
    }
    cursor.endEditBlock();
}

QList<ExactText::Range> ExactText::pictures(const QTextBlock &block)
{
    QList<Range> ranges;
    const auto add = [&ranges](int at) {
        if (!ranges.isEmpty() && ranges.last().start + ranges.last().length == at)
            ++ranges.last().length;
        else
            ranges.append({at, 1});
    };
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QTextFragment fragment = it.fragment();
        const QTextCharFormat format = fragment.charFormat();
        if (!format.hasProperty(CharacterProperty) && !format.hasProperty(MarksProperty))
            continue;
        const QString shown = fragment.text();
        const int start = fragment.position() - block.position();
        for (int i = 0; i < shown.size(); ++i) {
            if (standsForMarks(shown[i], format) || throughPicture(shown[i], format) != shown[i])
                add(start + i);
        }
    }
    return ranges;
}

char32_t ExactText::characterAt(const QTextDocument &document, int position)
{
    const QString text = collect(document, position, position + 1);
    if (text.isEmpty())
        return 0;
    if (!text.front().isHighSurrogate())
        return text.front().unicode();
    const QString next = collect(document, position + 1, position + 2);
    return !next.isEmpty() && next.front().isLowSurrogate() ? QChar::surrogateToUcs4(text.front(), next.front())
                                                            : static_cast<char32_t>(text.front().unicode());
}

qsizetype ExactText::breakPlace(QStringView text, qsizetype max)
{
    constexpr qsizetype LongestCluster = 64;
    constexpr char16_t ZeroWidthJoiner = 0x200d;
    if (text.size() <= max)
        return text.size();
    const auto joins = [text](qsizetype at) {
        const QChar c = text[at];
        if (c.isLowSurrogate())
            return text[at - 1].isHighSurrogate();
        const bool isModifier = c == QChar(0xd83c) && at + 1 < text.size() && text[at + 1] >= QChar(0xdffb) &&
                                text[at + 1].isLowSurrogate();
        return c.isMark() || c == ZeroWidthJoiner || isModifier || text[at - 1] == ZeroWidthJoiner;
    };
    qsizetype place = max;
    while (place > 0 && max - place < LongestCluster && joins(place))
        --place;
    if (place > 0 && !joins(place))
        return place;
    // There is no end of a cluster near; a surrogate pair stays together all the same.
    return max > 0 && text[max].isLowSurrogate() && text[max - 1].isHighSurrogate() ? max - 1 : max;
}

} // namespace sockeye
