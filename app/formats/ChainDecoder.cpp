#include "formats/ChainDecoder.h"

#include <QCoreApplication>
#include <QStringList>

namespace sockeye {

ChainDecoder::ChainDecoder(std::vector<const Decoder *> parts)
    : m_parts(std::move(parts))
{
}

QString ChainDecoder::id() const
{
    QStringList ids;
    for (const Decoder *part : m_parts)
        ids += part->id();
    return ids.join(QStringLiteral(" > "));
}

QString ChainDecoder::name() const
{
    QStringList names;
    for (const Decoder *part : m_parts)
        names += part->name();
    return names.join(QStringLiteral(" › "));
}

Certainty ChainDecoder::probe(const DecodeInput & /*input*/) const
{
    return Certainty::None;
}

/// Decodes what this part carries as the next one; what the last one carries is left to `rest`.
NodeBuilder::Inner ChainDecoder::innerOf(size_t part, const NodeBuilder::Inner &rest) const
{
    if (part == m_parts.size())
        return rest;
    return [this, part, rest](NodeBuilder &builder, const QByteArray &bytes, bool isText, QString &summary) {
        const NodeBuilder::Inner outer = builder.inner();
        builder.setInner(innerOf(part + 1, rest));
        // The chain says what it is, whatever rules say of its topic.
        builder.setTopic({});
        m_parts[part]->decode({bytes, isText, Direction::None, {}}, builder);
        builder.setInner(outer);
        summary = builder.summary();
        // Whoever put the chain together is to see in the log where it does not fit.
        if (builder.hasFailed() && summary.isEmpty())
            summary = QCoreApplication::translate("sockeye::ChainDecoder", "is no %1").arg(m_parts[part]->name());
        return true;
    };
}

void ChainDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    const NodeBuilder::Inner rest = builder.inner();
    builder.setInner(innerOf(1, rest));
    m_parts.front()->decode(input, builder);
    builder.setInner(rest);
}

} // namespace sockeye
