#include "schemas/ProtobufFit.h"

#include "base/Bytes.h"
#include "encodings/ReadableText.h"
#include "schemas/ProtobufValues.h"

#include <set>
#include <vector>

namespace sockeye {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;

constexpr qsizetype ProtoFitStretch = 64 * 1024;
constexpr size_t ProtoFitDepth = 100;

// What is found speaks for a type.
constexpr double ProtoFitField = 1;
constexpr double ProtoFitText = 2;
constexpr double ProtoFitMessage = 1;
/// Any bytes fit.
constexpr double ProtoFitBytes = 0.2;
constexpr double ProtoFitEnum = 1;
/// And against it.
constexpr double ProtoFitUnknownEnum = -2;
constexpr double ProtoFitTwice = -2;
constexpr double ProtoFitControls = -1;
/// How much of what the type can say is said.
constexpr double ProtoFitCoverage = 2;

/// Walks bytes as messages of a type, as long as they are some.
class ProtobufFitting final
{
public:
    ProtobufFitting(const DescriptorPool &pool, QByteArrayView bytes)
        : m_pool(pool)
        , m_isCut(bytes.size() > ProtoFitStretch)
        , m_bytes(bytes.first(std::min(bytes.size(), ProtoFitStretch)))
    {
    }

    std::optional<double> weigh(const Descriptor &type)
    {
        if (m_bytes.isEmpty() || !open(type, m_bytes.size(), 0))
            return {};
        while (!m_open.empty()) {
            if (m_at < m_open.back().end ? !field() : !close())
                return {};
        }
        return m_score;
    }

private:
    struct Open
    {
        const Descriptor *type = nullptr;
        qsizetype end = 0;
        quint32 group = 0;
        std::set<int> numbers = {};
    };

    bool open(const Descriptor &type, qsizetype end, quint32 group)
    {
        if (m_open.size() >= ProtoFitDepth)
            return false;
        m_open.push_back({&type, end, group});
        return true;
    }

    bool close()
    {
        const Open &closing = m_open.back();
        // A group ends with its tag, not with what holds it.
        if (closing.group != 0 && !(m_isCut && m_at >= m_bytes.size()))
            return false;
        return finish();
    }

    bool finish()
    {
        const Open &closing = m_open.back();
        const bool isWhole = !(m_isCut && closing.end >= m_bytes.size());
        for (int i = 0; isWhole && i < closing.type->field_count(); ++i) {
            const FieldDescriptor *field = closing.type->field(i);
            if (field->is_required() && !closing.numbers.contains(field->number()))
                return false;
        }
        if (m_open.size() == 1 && closing.type->field_count() > 0)
            m_score += ProtoFitCoverage * double(closing.numbers.size()) / closing.type->field_count();
        m_open.pop_back();
        return true;
    }

    bool field()
    {
        ProtoField field;
        const ProtoFault fault = protoField(m_bytes.first(m_open.back().end), m_at, field);
        if (fault != ProtoFault::None) {
            // What was cut off is not looked at.
            const bool isEnd = fault == ProtoFault::End || fault == ProtoFault::Length;
            if (!m_isCut || !isEnd || m_open.size() > 1)
                return false;
            m_at = m_open.back().end;
            return true;
        }
        m_at = field.end;
        if (field.wire == ProtoWire::GroupEnd)
            return m_open.back().group == field.number && finish();
        const FieldDescriptor *known = protoFieldOf(m_pool, *m_open.back().type, field.number);
        if (!known)
            return false;
        m_score += ProtoFitField;
        if (!m_open.back().numbers.insert(known->number()).second && !known->is_repeated())
            m_score += ProtoFitTwice;
        const ProtoWire wire = protoWireOf(*known);
        if (field.wire == wire)
            return value(*known, field);
        if (known->type() == FieldDescriptor::TYPE_MESSAGE && field.wire == ProtoWire::GroupBegin)
            return open(*known->message_type(), m_open.back().end, field.number);
        return known->is_packable() && field.wire == ProtoWire::Length && list(*known, field);
    }

    bool value(const FieldDescriptor &known, const ProtoField &field)
    {
        switch (known.type()) {
        case FieldDescriptor::TYPE_MESSAGE:
            m_at = field.valueAt;
            m_score += field.end > field.valueAt ? ProtoFitMessage : 0;
            return open(*known.message_type(), field.end, 0);
        case FieldDescriptor::TYPE_GROUP:
            m_score += ProtoFitMessage;
            return open(*known.message_type(), m_open.back().end, field.number);
        case FieldDescriptor::TYPE_STRING: {
            const QByteArrayView text = protoPart(m_bytes, field);
            m_score += isReadableText(text) ? ProtoFitText : ProtoFitControls;
            return isValidUtf8(text);
        }
        case FieldDescriptor::TYPE_BYTES:
            m_score += ProtoFitBytes;
            return true;
        default:
            return scalar(known, field.bits);
        }
    }

    bool scalar(const FieldDescriptor &known, quint64 bits)
    {
        const ProtoScalar scalar = protoScalar(known, bits);
        if (known.type() == FieldDescriptor::TYPE_ENUM) {
            m_score += scalar.kind == Node::Kind::String ? ProtoFitEnum : ProtoFitUnknownEnum;
            return true;
        }
        // More bits than the type has.
        return scalar.note.isEmpty();
    }

    bool list(const FieldDescriptor &known, const ProtoField &field)
    {
        const ProtoWire wire = protoWireOf(known);
        const QByteArrayView bytes = m_bytes.first(field.end);
        if (wire != ProtoWire::Varint)
            return (field.end - field.valueAt) % (wire == ProtoWire::Fixed64 ? 8 : 4) == 0;
        qsizetype at = field.valueAt;
        while (at < field.end) {
            quint64 bits = 0;
            if (protoVarint(bytes, at, bits) != ProtoFault::None || !scalar(known, bits))
                return false;
        }
        return true;
    }

    const DescriptorPool &m_pool;
    const bool m_isCut;
    const QByteArrayView m_bytes;
    qsizetype m_at = 0;
    std::vector<Open> m_open;
    double m_score = 0;
};

} // namespace

std::optional<double> protobufFit(const DescriptorPool &pool, const Descriptor &type, QByteArrayView bytes)
{
    return ProtobufFitting(pool, bytes).weigh(type);
}

} // namespace sockeye
