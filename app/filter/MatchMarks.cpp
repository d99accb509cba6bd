#include "filter/MatchMarks.h"

#include <QStringDecoder>

#include <algorithm>

namespace sockeye {

namespace {

using Ranges = MatchMarks::Ranges;
using Search = MatchMarks::Search;

/// PCRE2 counts the steps of a match anew at each character where it could begin. More than these are some
/// milliseconds; its own limit is a hundred times as high. A lower one that the pattern itself begins with holds.
constexpr auto StepLimit = QLatin1StringView("(*LIMIT_MATCH=100000)");
/// In longer texts an expression is looked for piece by piece, so that the search can be cancelled.
constexpr qsizetype PieceChars = 64 * 1024;

/// In order, those that overlap as one.
Ranges merged(Ranges ranges)
{
    std::sort(ranges.begin(), ranges.end(),
              [](const MatchMarks::Range &a, const MatchMarks::Range &b) { return a.begin < b.begin; });
    Ranges apart;
    for (const MatchMarks::Range &range : std::as_const(ranges)) {
        if (apart.isEmpty() || range.begin >= apart.last().begin + apart.last().size)
            apart.append(range);
        else
            apart.last().size = std::max(apart.last().size, range.begin + range.size - apart.last().begin);
    }
    return apart;
}

void addWords(Ranges &ranges, const QString &text, const QString &words, Qt::CaseSensitivity sensitivity, qsizetype max)
{
    for (qsizetype at = text.indexOf(words, 0, sensitivity); at >= 0 && ranges.size() < max;
         at = text.indexOf(words, at + words.size(), sensitivity))
        ranges.append({at, words.size()});
}

void addMatch(Ranges &ranges, const QRegularExpressionMatch &match)
{
    if (match.capturedLength() > 0)
        ranges.append({match.capturedStart(), match.capturedLength()});
}

/// The next match that begins at `from` or behind it; `from` becomes the place where the search goes on.
QRegularExpressionMatch nextInPiece(const QString &text, const QRegularExpression &regex, qsizetype &from)
{
    using Regex = QRegularExpression;
    const auto behind = [&text](qsizetype at) {
        return at + (at < text.size() && text.at(at).isHighSurrogate() ? 2 : 1);
    };
    qsizetype end = std::min(from + PieceChars, text.size());
    if (end < text.size() && text.at(end).isLowSurrogate())
        ++end;
    QRegularExpressionMatch match = regex.match(
        QStringView(text).first(end), from, end == text.size() ? Regex::NormalMatch : Regex::PartialPreferFirstMatch,
        Regex::DontCheckSubjectStringMatchOption);
    qsizetype next = end;
    // What reaches the end of a piece is not decided there: it is tried in the whole text, at its place alone.
    if (match.hasPartialMatch()) {
        const qsizetype begin = match.capturedStart();
        next = behind(begin);
        match = regex.match(QStringView(text), begin, Regex::NormalMatch,
                            Regex::AnchorAtOffsetMatchOption | Regex::DontCheckSubjectStringMatchOption);
    }
    if (match.hasMatch())
        next = match.capturedLength() > 0 ? match.capturedEnd() : behind(match.capturedEnd());
    from = next;
    return match;
}

void addRegexInPieces(Ranges &ranges, const QString &text, const QRegularExpression &regex, qsizetype max,
                      Search &search)
{
    // Checked once and not in each piece.
    if (!text.isValidUtf16())
        return;
    for (qsizetype from = 0; from < text.size() && ranges.size() < max && !search.cancel.isCancelled();) {
        const QRegularExpressionMatch match = nextInPiece(text, regex, from);
        if (!match.isValid()) {
            search.gaveUp = true;
            return;
        }
        addMatch(ranges, match);
    }
}

void addRegex(Ranges &ranges, const QString &text, const QRegularExpression &regex, qsizetype max, Search &search)
{
    if (text.size() > PieceChars)
        return addRegexInPieces(ranges, text, regex, max, search);
    auto matches = regex.globalMatch(text);
    while (matches.hasNext() && ranges.size() < max && !search.cancel.isCancelled())
        addMatch(ranges, matches.next());
    search.gaveUp = search.gaveUp || !matches.isValid();
}

/// One after the other, by what finds the next one in a view.
template<typename Find>
void addBytes(Ranges &ranges, QByteArrayView bytes, qsizetype size, qsizetype max, Find indexIn)
{
    qsizetype from = 0;
    while (size > 0 && ranges.size() < max) {
        const qsizetype at = indexIn(bytes.sliced(from));
        if (at < 0)
            return;
        ranges.append({from + at, size});
        from += at + size;
    }
}

/// As the filter's functions decode a payload; each byte that is no UTF-8 becomes one replacement character.
QString decoded(QByteArrayView bytes)
{
    using Flag = QStringDecoder::Flag;
    QStringDecoder decoder(QStringDecoder::Utf8, Flag::Stateless | Flag::ConvertInitialBom);
    return decoder.decode(bytes);
}

/// Goes along a decoded text and the bytes that it was made of.
class PlaceInUtf8 final
{
public:
    PlaceInUtf8(const QString &text, QByteArrayView bytes)
        : m_text(text)
        , m_bytes(bytes)
    {
    }

    /// The byte where a character begins that does not stand before the last one that was asked for.
    [[nodiscard]] qsizetype byteOf(qsizetype character)
    {
        while (m_character < character)
            step();
        return m_byte;
    }

private:
    void step()
    {
        constexpr char16_t EndOfOneByte = 0x80;
        constexpr char16_t EndOfTwoBytes = 0x800;
        const QChar c = m_text[m_character];
        m_character += c.isHighSurrogate() ? 2 : 1;
        if (c.isHighSurrogate())
            m_byte += 4;
        else if (c < EndOfOneByte || (c == QChar::ReplacementCharacter && !isReplacementHere()))
            m_byte += 1;
        else
            m_byte += c < EndOfTwoBytes ? 2 : 3;
    }

    [[nodiscard]] bool isReplacementHere() const { return m_bytes.sliced(m_byte).startsWith("\xef\xbf\xbd"); }

    const QString &m_text;
    QByteArrayView m_bytes;
    qsizetype m_character = 0;
    qsizetype m_byte = 0;
};

/// Places in a decoded text as places in its bytes.
void addInUtf8(Ranges &ranges, const QString &text, QByteArrayView bytes, const Ranges &characters)
{
    PlaceInUtf8 place(text, bytes);
    for (const MatchMarks::Range &range : characters) {
        const qsizetype begin = place.byteOf(range.begin);
        ranges.append({begin, place.byteOf(range.begin + range.size) - begin});
    }
}

} // namespace

MatchMarks::MatchMarks(const filter::Condition &condition)
{
    gather(condition);
}

void MatchMarks::gather(const filter::Condition &condition)
{
    using Type = filter::Condition::Type;
    if (condition.type == Type::Leaf)
        return gather(condition.term);
    if (condition.type == Type::Not)
        return;
    for (const filter::Condition &part : condition.parts)
        gather(part);
}

void MatchMarks::gather(const filter::Term &term)
{
    if (const auto *contains = std::get_if<filter::Contains>(&term)) {
        if (!contains->words.isEmpty())
            m_words.append(
                {QString::fromUtf8(contains->words), contains->caseCounts ? Qt::CaseSensitive : Qt::CaseInsensitive});
    } else if (const auto *regex = std::get_if<filter::MatchesRegex>(&term)) {
        const auto options =
            regex->foldCase ? QRegularExpression::CaseInsensitiveOption : QRegularExpression::NoPatternOption;
        // The limit must not make a pattern of what is none.
        if (QRegularExpression(regex->pattern, options).isValid())
            m_regexes.append(QRegularExpression(StepLimit + regex->pattern, options));
    } else if (const auto *bytes = std::get_if<filter::HoldsBytes>(&term)) {
        m_patterns.append(bytes->pattern);
    } else if (const auto *value = std::get_if<filter::JsonValueIs>(&term)) {
        gatherValue(value->sign, value->value);
    } else if (const auto *field = std::get_if<filter::FieldIs>(&term)) {
        gatherValue(field->sign, field->value);
    }
}

void MatchMarks::gatherValue(filter::ValueSign sign, const filter::WantedValue &value)
{
    const auto *text = std::get_if<QString>(&value);
    const bool isEqual = sign == filter::ValueSign::Equal;
    if (text && !text->isEmpty() && (isEqual || sign == filter::ValueSign::Contains))
        m_words.append({*text, isEqual ? Qt::CaseSensitive : Qt::CaseInsensitive});
}

Ranges MatchMarks::inText(const QString &text, qsizetype max, Search *search) const
{
    Search own;
    Ranges ranges;
    for (const Words &words : m_words)
        addWords(ranges, text, words.text, words.sensitivity, max);
    for (const QRegularExpression &regex : m_regexes)
        addRegex(ranges, text, regex, max, search ? *search : own);
    return merged(std::move(ranges));
}

Ranges MatchMarks::inBytes(QByteArrayView bytes, qsizetype max, Search *search) const
{
    Search own;
    Ranges ranges;
    for (const Words &words : m_words) {
        const TextSearcher searcher(words.text.toUtf8(), words.sensitivity);
        addBytes(ranges, bytes, searcher.needleSize(), max,
                 [&searcher](QByteArrayView rest) { return searcher.indexIn(rest); });
    }
    for (const QString &text : m_patterns) {
        if (const Result<BytePattern> pattern = BytePattern::parse(text)) {
            addBytes(ranges, bytes, pattern->size(), max,
                     [&pattern](QByteArrayView rest) { return pattern->indexIn(rest); });
        }
    }
    if (m_regexes.isEmpty())
        return merged(std::move(ranges));
    // A page of a payload may begin and end within a character, and frames have bytes that are none around their text.
    const QString text = decoded(bytes);
    Ranges characters;
    for (const QRegularExpression &regex : m_regexes)
        addRegex(characters, text, regex, max, search ? *search : own);
    if (!characters.isEmpty())
        addInUtf8(ranges, text, bytes, merged(std::move(characters)));
    return merged(std::move(ranges));
}

} // namespace sockeye
