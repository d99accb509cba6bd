#include "exchange/JsonText.h"

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
    // Allowed as it is, but it makes a log unreadable in a terminal.
    special[0x7f] = true;
    return special;
}
constexpr std::array<bool, 256> SpecialBytes = makeSpecialBytes();

void appendEscape(QByteArray &out, char c)
{
    switch (c) {
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
        out += "\\u00";
        appendHex(out, QByteArrayView(&c, 1));
    }
}

} // namespace

void appendJsonEscaped(QByteArray &out, QByteArrayView utf8)
{
    const char *run = utf8.begin();
    for (const char *at = run; at != utf8.end(); ++at) {
        if (!SpecialBytes[static_cast<unsigned char>(*at)])
            continue;
        out.append(run, at - run);
        appendEscape(out, *at);
        run = at + 1;
    }
    out.append(run, utf8.end() - run);
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
