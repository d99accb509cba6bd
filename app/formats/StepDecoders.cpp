#include "formats/StepDecoders.h"

#include "base/Units.h"
#include "encodings/ReadableText.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace sockeye {

namespace {

struct StepWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::StepDecoders)
};

/// More digits are not looked at.
constexpr qsizetype HexMost = 32 * 1024 * 1024;

qsizetype sliceEdge(qint64 number, qsizetype size)
{
    return static_cast<qsizetype>(std::clamp<qint64>(number < 0 ? size + number : number, 0, size));
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool isHexSeparator(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ':' || c == '-' || c == ',';
}

struct HexBytes
{
    QByteArray bytes;
    /// The first character that is no digit and stands between none; the end if there is none.
    qsizetype end = 0;
    bool isWhole = true;
};

HexBytes hexBytes(QByteArrayView text)
{
    HexBytes decoded;
    decoded.bytes.reserve(text.size() / 2);
    int high = -1;
    for (; decoded.end < text.size(); ++decoded.end) {
        const char c = text[decoded.end];
        const int digit = hexDigit(c);
        if (digit < 0 && (!isHexSeparator(c) || high >= 0))
            break;
        if (digit < 0)
            continue;
        if (high >= 0)
            decoded.bytes.append(static_cast<char>(high * 16 + digit));
        high = high >= 0 ? -1 : digit;
    }
    decoded.isWhole = decoded.end == text.size() && high < 0;
    return decoded;
}

} // namespace

SliceDecoder::SliceDecoder(qint64 from, qint64 to)
    : m_from(from)
    , m_to(to)
{
}

std::unique_ptr<const Decoder> SliceDecoder::of(QStringView id)
{
    if (!id.startsWith(Prefix))
        return nullptr;
    const QList<QStringView> numbers = id.sliced(Prefix.size()).split(u' ', Qt::SkipEmptyParts);
    if (numbers.isEmpty() || numbers.size() > 2)
        return nullptr;
    bool isFrom = false;
    bool isTo = true;
    const qint64 from = numbers.first().toLongLong(&isFrom);
    const qint64 to = numbers.size() > 1 ? numbers.last().toLongLong(&isTo) : 0;
    return isFrom && isTo ? std::make_unique<const SliceDecoder>(from, to) : nullptr;
}

QString SliceDecoder::id() const
{
    const QString from = Prefix.toString() + QString::number(m_from);
    return m_to == 0 ? from : from + u' ' + QString::number(m_to);
}

QString SliceDecoder::name() const
{
    return m_to == 0 ? StepWords::tr("from byte %1").arg(m_from)
                     : StepWords::tr("bytes %1 to %2").arg(m_from).arg(m_to);
}

Certainty SliceDecoder::probe(const DecodeInput & /*input*/) const
{
    return Certainty::None;
}

void SliceDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    const qsizetype size = input.payload.size();
    const qsizetype begin = sliceEdge(m_from, size);
    const qsizetype end = m_to == 0 ? size : std::max(begin, sliceEdge(m_to, size));
    if (!builder.goOn(0))
        return;
    if (begin == end) {
        builder.fail(0, StepWords::tr("The part that was chosen is not in these %1.").arg(sizeText(size)));
        return;
    }
    if (begin > 0)
        builder.addPlace(u"before", Node::Kind::Bytes, 0, begin, 0);
    const QByteArray part = input.payload.mid(begin, end - begin);
    builder.setSummary(builder.addInner(u"content", begin, end, begin, isReadableText(part)));
    if (end < size)
        builder.addPlace(u"after", Node::Kind::Bytes, end, size, end);
}

Certainty HexDecoder::probe(const DecodeInput & /*input*/) const
{
    return Certainty::None;
}

void HexDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    const qsizetype size = input.payload.size();
    if (!builder.goOn(0) || !builder.open(u"hex", Node::Kind::Object, 0))
        return;
    const HexBytes decoded = hexBytes(QByteArrayView(input.payload).first(std::min(size, HexMost)));
    builder.note(sizeText(decoded.bytes.size()));
    const auto said = builder.addStep(id(), decoded.bytes, isReadableText(decoded.bytes),
                                      DigitMap(DigitMap::Digits::Hex, input.payload, 0, decoded.end));
    builder.close(decoded.end);
    if (!said) {
        builder.fail(0, StepWords::tr("Not decoded: this message holds too much that is encoded."));
        return;
    }
    builder.setSummary(id() + QStringLiteral(" · ") +
                       (said->isEmpty() ? sizeText(decoded.bytes.size()) : inOneLine(*said, 100)));
    if (decoded.end < size)
        builder.fail(decoded.end, decoded.end == HexMost ? StepWords::tr("Only the first 32 MiB of digits are decoded.")
                                                         : StepWords::tr("No hexadecimal digit stands here."));
    else if (!decoded.isWhole)
        builder.fail(size, StepWords::tr("The message ends with half a byte."));
}

} // namespace sockeye
