#include "exchange/JsonText.h"

#include "base/ControlCharacters.h"

#include <QString>

#include <array>
#include <charconv>

namespace sockeye {

namespace {

constexpr std::array<bool, 256> makeSpecialBytes()
{
    std::array<bool, 256> special{};
    for (std::size_t i = 0; i < 0x20; ++i)
        special[i] = true;
    special['"'] = true;
    special['\\'] = true;
    special[0x7f] = true;
    // A control character in UTF-8 may begin with these.
    for (const std::size_t first : {0xc2U, 0xd8U, 0xe2U, 0xefU})
        special[first] = true;
    return special;
}
constexpr std::array<bool, 256> SpecialBytes = makeSpecialBytes();

void appendCodeUnit(QByteArray &out, char32_t character)
{
    out += "\\u";
    const std::array<char, 2> bytes{static_cast<char>(character >> 8), static_cast<char>(character & 0xff)};
    appendHex(out, QByteArrayView(bytes.data(), 2));
}

void appendEscape(QByteArray &out, const EncodedControl &character)
{
    switch (character.character) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        appendCodeUnit(out, character.character);
    }
}

/// The text's first character if it has to be escaped.
std::optional<EncodedControl> specialAtStart(QByteArrayView utf8)
{
    if (utf8.front() == '"' || utf8.front() == '\\')
        return EncodedControl{static_cast<char32_t>(utf8.front()), 1};
    return controlAtStart(utf8);
}

} // namespace

void appendJsonEscaped(QByteArray &out, QByteArrayView utf8)
{
    const char *run = utf8.begin();
    for (const char *at = run; at != utf8.end();) {
        const auto special = SpecialBytes[static_cast<unsigned char>(*at)]
                                 ? specialAtStart(QByteArrayView(at, utf8.end()))
                                 : std::nullopt;
        if (!special) {
            ++at;
            continue;
        }
        out.append(run, at - run);
        appendEscape(out, *special);
        at += special->size;
        run = at;
    }
    out.append(run, utf8.end() - run);
}

QByteArray withEscapedControls(const QByteArray &json)
{
    QByteArray out;
    out.reserve(json.size());
    for (QByteArrayView rest = json; !rest.isEmpty();) {
        const bool isSpace = rest.front() == '\n' || rest.front() == '\r' || rest.front() == '\t';
        const auto control = isSpace ? std::nullopt : controlAtStart(rest);
        if (control)
            appendCodeUnit(out, control->character);
        else
            out += rest.front();
        rest = rest.sliced(control ? control->size : 1);
    }
    return out;
}

void appendJsonString(QByteArray &out, QStringView text)
{
    out += '"';
    appendJsonEscaped(out, text.toUtf8());
    out += '"';
}

void appendJsonString(QByteArray &out, QLatin1StringView ascii)
{
    out += '"';
    appendJsonEscaped(out, QByteArrayView(ascii.data(), ascii.size()));
    out += '"';
}

void appendNumber(QByteArray &out, qint64 number)
{
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end - digits.data());
}

void appendHex(QByteArray &out, QByteArrayView bytes)
{
    static constexpr char Digits[] = "0123456789abcdef";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += Digits[byte >> 4];
        out += Digits[byte & 0x0f];
    }
}

void appendBase64(QByteArray &out, QByteArrayView bytes)
{
    out += QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64();
}

} // namespace sockeye
