#include "protocols/EngineIoDecoder.h"

#include "decode/JsonNodes.h"
#include "encodings/JsonShape.h"

#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {

Certainty EngineIoDecoder::probe(const DecodeInput &input) const
{
    const QByteArrayView bytes(input.payload);
    if (!input.isText || bytes.size() < 2)
        return Certainty::None;
    if (bytes == "2probe" || bytes == "3probe")
        return Certainty::Sure;
    if (bytes[0] != '0' && bytes[0] != '4')
        return Certainty::None;
    const JsonShape shape(bytes.sliced(1));
    if (bytes[0] == '0')
        return shape.find("sid") && shape.find("pingInterval") ? Certainty::Sure : Certainty::None;
    return bytes[1] == '{' && shape.fits() && shape.size() > 0 ? Certainty::Sure : Certainty::None;
}

void EngineIoDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    static constexpr std::array<QStringView, 7> names{u"open",    u"close",   u"ping", u"pong",
                                                      u"message", u"upgrade", u"noop"};
    const qsizetype size = input.payload.size();
    if (!input.isText && size > 0) {
        const QString data = builder.addInner(u"data", 0, size, 0, false);
        builder.note(tr("a binary message: no packet type stands before it"));
        builder.setSummary(cutSummary(joinedSummary({tr("binary, %1 B").arg(size), data})));
        return;
    }
    const int type = size > 0 ? input.payload.at(0) - '0' : -1;
    if (type < 0 || type >= static_cast<int>(names.size())) {
        builder.fail(0, tr("An Engine.IO packet begins with its type, a digit from 0 to 6."));
        return;
    }
    const QString name = names[static_cast<size_t>(type)].toString();
    builder.setSummary(name);
    if (!builder.open(Node::Kind::Object, 0))
        return;
    builder.add(u"type", 0, 1, type, name);
    QString data;
    if (type == 0) {
        builder.label(u"data");
        const qint32 json = builder.tree().size();
        if (!addJsonOrFail(builder, input.payload, 1, size))
            return;
        data = JsonView(builder.tree(), json).member(u"sid").text();
    } else if (type == 4) {
        // What it carries says what it is.
        data = builder.addInner(u"data", 1, size, 1, true);
    } else if (size > 1) {
        builder.addPlace(u"data", Node::Kind::String, 1, size, 1);
        data = QString::fromUtf8(input.payload.mid(1));
    }
    builder.close(size);
    builder.setSummary(cutSummary(joinedSummary({name, data.simplified()})));
    if (type != 4)
        builder.setMessage(name.toLatin1());
    if (type == 2)
        builder.addExchange(MessageFacts::Exchange::Role::Asks, "ping", "ping");
    else if (type == 3)
        builder.addExchange(MessageFacts::Exchange::Role::Answers, "ping");
}

} // namespace sockeye
