#include "formats/Base64Decoder.h"

#include "base/Units.h"
#include "encodings/ReadableText.h"
#include "formats/Formats.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

/// Fewer characters hold nothing that could be told.
constexpr qsizetype Base64Least = 24;
constexpr qsizetype Base64ProbeStretch = 64 * 1024;
constexpr qsizetype Base64Most = 16 * 1024 * 1024;

bool isBase64Character(char c)
{
    return DigitMap::isDigit(DigitMap::Digits::Base64, c);
}

bool isBase64Space(char c)
{
    return c == '\n' || c == '\r' || c == ' ' || c == '\t';
}

struct Base64Bytes
{
    QByteArray bytes;
    /// Where the characters end that were decoded.
    qsizetype end = 0;
    /// Ends as Base64 does.
    bool isWhole = false;
};

/// Up to the first character that is none.
Base64Bytes base64Bytes(QByteArrayView text)
{
    QByteArray characters;
    characters.reserve(text.size());
    qsizetype padding = 0;
    bool isForUrls = false;
    bool isPlain = false;
    Base64Bytes decoded;
    for (; decoded.end < text.size(); ++decoded.end) {
        const char c = text[decoded.end];
        if (isBase64Space(c))
            continue;
        if (c == '=' && padding < 2)
            ++padding;
        else if (padding > 0 || !isBase64Character(c))
            break;
        isForUrls = isForUrls || c == '-' || c == '_';
        isPlain = isPlain || c == '+' || c == '/';
        if (c != '=')
            characters += c;
    }
    const qsizetype rest = characters.size() % 4;
    // A sender for URLs leaves out what fills the last four characters.
    decoded.isWhole = decoded.end == text.size() && rest != 1 && !(isForUrls && isPlain) &&
                      (padding == 0 || (characters.size() + padding) % 4 == 0);
    decoded.bytes =
        QByteArray::fromBase64(characters, isForUrls ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding);
    return decoded;
}

} // namespace

Certainty Base64Decoder::probe(const DecodeInput &input) const
{
    if (input.payload.size() < Base64Least || input.payload.size() > Base64ProbeStretch ||
        !isBase64Character(input.payload.front()))
        return Certainty::None;
    const Base64Bytes decoded = base64Bytes(input.payload);
    if (!decoded.isWhole)
        return Certainty::None;
    const DecodeInput inner{decoded.bytes, isReadableText(decoded.bytes), Direction::None, {}};
    const auto knows = [&](const Decoder *format) {
        // Not Base64 again: that would go on and on.
        return format != this && format->id() != id() && format->probe(inner) == Certainty::Sure;
    };
    return std::ranges::any_of(formats(), knows) ? Certainty::Likely : Certainty::None;
}

void Base64Decoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    const qsizetype size = input.payload.size();
    if (!builder.open(u"base64", Node::Kind::Object, 0) || !builder.goOn(0))
        return;
    const Base64Bytes decoded = base64Bytes(QByteArrayView(input.payload).first(std::min(size, Base64Most)));
    const bool isText = isReadableText(decoded.bytes);
    if (!builder.open(u"content", Node::Kind::Object, 0))
        return;
    builder.note(QCoreApplication::translate("sockeye::Base64Decoder", "%1 made of %2 characters")
                     .arg(sizeText(decoded.bytes.size()))
                     .arg(decoded.end));
    const auto said =
        builder.addStep(id(), decoded.bytes, isText, DigitMap(DigitMap::Digits::Base64, input.payload, 0, decoded.end));
    builder.close(decoded.end);
    if (!said) {
        builder.fail(0, QCoreApplication::translate("sockeye::Base64Decoder",
                                                    "Not decoded: this message holds too much that is encoded."));
        return;
    }
    builder.setSummary(id() + QStringLiteral(" · ") +
                       (said->isEmpty() ? sizeText(decoded.bytes.size()) : inOneLine(*said, 100)));
    if (decoded.end < size && decoded.end < Base64Most)
        builder.fail(decoded.end,
                     QCoreApplication::translate("sockeye::Base64Decoder", "No character of Base64 stands here."));
    else if (decoded.end < size)
        builder.fail(decoded.end, QCoreApplication::translate("sockeye::Base64Decoder",
                                                              "Only the first 16 MiB of Base64 are decoded."));
    else if (!decoded.isWhole)
        builder.fail(size, QCoreApplication::translate("sockeye::Base64Decoder",
                                                       "The message ends inside of a group of four characters."));
}

} // namespace sockeye
