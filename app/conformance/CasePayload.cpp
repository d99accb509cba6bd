#include "conformance/CasePayload.h"

#include <array>

namespace sockeye::conformance {

namespace {

/// The same numbers everywhere: no library's generator promises that.
class Dice final
{
public:
    explicit Dice(int seed)
        : m_state(static_cast<quint32>(seed) * 2654435761U + 12345U)
    {
    }
    [[nodiscard]] quint32 below(quint32 limit)
    {
        m_state = m_state * 1664525U + 1013904223U;
        return (m_state >> 8) % limit;
    }
    template<size_t Size>
    [[nodiscard]] const char *of(const std::array<const char *, Size> &words)
    {
        return words.at(below(Size));
    }

private:
    quint32 m_state;
};

void addJson(QByteArray &out, Dice &dice)
{
    constexpr std::array names{"salmon", "trout", "herring", "perch", "sturgeon", "pike", "eel", "tench"};
    constexpr std::array states{"open", "closed", "waiting", "unknown"};
    out += R"({"id": )" + QByteArray::number(dice.below(100'000)) + R"(, "name": ")" + dice.of(names) +
           R"(", "state": ")" + dice.of(states) + R"(", "weight": )" + QByteArray::number(dice.below(10'000) / 100.0) +
           R"(, "tags": [")" + dice.of(names) + R"(", ")" + dice.of(states) + R"("], "parent": null},)" + "\n";
}

// Latin-1, as such texts once were: not UTF-8, so it travels as binary.
void addProse(QByteArray &out, Dice &dice)
{
    constexpr std::array subjects{"Der alte Fischer", "Die M\xfchle am Bach", "Ein sch\xf6ner Lachs", "Das Wehr",
                                  "Der K\xf6nig der Fl\xfcsse"};
    constexpr std::array verbs{"sah", "h\xf6rte", "durchquerte", "verga\xdf", "tr\xe4umte von", "suchte"};
    constexpr std::array objects{"den dunklen Wald", "die fr\xfchen Tage", "das kalte Wasser", "eine neue Str\xf6mung",
                                 "den Weg nach Hause"};
    constexpr std::array ends{". ", ", und dann ", "; doch ", "! ", ".\n"};
    out += dice.of(subjects);
    out += ' ';
    out += dice.of(verbs);
    out += ' ';
    out += dice.of(objects);
    out += dice.of(ends);
}

void addHtml(QByteArray &out, Dice &dice)
{
    constexpr std::array classes{"odd", "even", "selected"};
    constexpr std::array cells{"river", "lake", "sea", "estuary", "spring", "delta"};
    out += QByteArray("<tr class=\"") + dice.of(classes) + "\"><td>" + dice.of(cells) + "</td><td align=\"right\">" +
           QByteArray::number(dice.below(1000)) + "</td><td><a href=\"/" + dice.of(cells) + "/\">" + dice.of(cells) +
           "</a></td></tr>\n";
}

void addBitmap(QByteArray &out, Dice &dice)
{
    constexpr int rowPixels = 64;
    const quint32 shade = dice.below(200);
    for (quint32 x = 0; x < rowPixels; ++x) {
        const quint32 noise = dice.below(16) == 0 ? dice.below(50) : 0;
        out += static_cast<char>(shade + x / 8);
        out += static_cast<char>(shade + noise);
        out += static_cast<char>(255 - shade);
    }
}

// Structure in text around streams that hardly shrink.
void addPdf(QByteArray &out, Dice &dice)
{
    const quint32 length = 100 + dice.below(400);
    out += QByteArray::number(dice.below(5000)) + " 0 obj\n<< /Type /XObject /Filter /FlateDecode /Length " +
           QByteArray::number(length) + " >>\nstream\n";
    for (quint32 i = 0; i < length; ++i)
        out += static_cast<char>(dice.below(256));
    out += "\nendstream\nendobj\n";
}

[[nodiscard]] std::optional<Content> contentNamed(const QByteArray &name)
{
    constexpr std::array names{"json", "bitmap", "prose", "html", "pdf"};
    for (size_t i = 0; i < names.size(); ++i) {
        if (name == names.at(i))
            return static_cast<Content>(i);
    }
    return std::nullopt;
}

} // namespace

QByteArray makeContent(Content content, qsizetype size, int number)
{
    constexpr std::array makers{addJson, addBitmap, addProse, addHtml, addPdf};
    Dice dice(number);
    QByteArray out;
    while (out.size() < size)
        makers.at(static_cast<size_t>(content))(out, dice);
    out.truncate(size);
    return out;
}

bool CasePayload::add(const QByteArray &word)
{
    const qsizetype colon = word.indexOf(':');
    const qsizetype quote = word.indexOf('"');
    if (colon > 0 && quote < 0) {
        if (const auto content = contentNamed(word.first(colon))) {
            bool isNumber = false;
            m_parts += Part{{}, word.sliced(colon + 1).toLongLong(&isNumber), content};
            return isNumber;
        }
    }

    Part part;
    QByteArray pattern = word;
    const qsizetype star = word.indexOf('*');
    if (star > 0 && (quote < 0 || star < quote)) {
        bool isNumber = false;
        part.count = word.first(star).toLongLong(&isNumber);
        if (!isNumber)
            return false;
        pattern = word.sliced(star + 1);
    }
    if (pattern.startsWith("hex:")) {
        part.pattern = QByteArray::fromHex(pattern.sliced(4));
        if (part.pattern.toHex() != pattern.sliced(4))
            return false;
    } else if (pattern.size() >= 2 && pattern.startsWith('"') && pattern.endsWith('"')) {
        part.pattern = pattern.sliced(1, pattern.size() - 2);
    } else {
        return false;
    }
    m_parts += part;
    return true;
}

QByteArray CasePayload::bytes(int number) const
{
    QByteArray all;
    for (const Part &part : m_parts)
        all += part.content ? makeContent(*part.content, part.count, number) : part.pattern.repeated(part.count);
    return all;
}

} // namespace sockeye::conformance
