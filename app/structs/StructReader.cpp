#include "structs/StructReader.h"

#include "base/Bytes.h"
#include "decode/Decoder.h"
#include "encodings/ReadableText.h"
#include "encodings/ValueTexts.h"
#include "structs/StructValues.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

/// Characters of a text that stand in a line.
constexpr qsizetype MaxStructTextTold = 200;

/// The machine that follows a layout: what is open stands on a stack of its own.
class StructMachine final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::StructDecoder)

public:
    StructMachine(QByteArrayView bytes, NodeBuilder *builder, qint64 maxSteps)
        : m_bytes(bytes)
        , m_builder(builder)
        , m_stepsLeft(maxSteps)
    {
    }

    [[nodiscard]] StructWalk run(const StructLayout &layout, bool repeats)
    {
        StructWalk walk;
        bool isRead = true;
        do {
            if (repeats && m_bytes.isEmpty())
                break;
            const qsizetype begin = m_at;
            m_messageBegin = begin;
            isRead = readMessage(layout);
            if (isRead && repeats && m_at == begin)
                isRead = fail(begin, tr("“%1” takes no bytes here, so that there is no end of them.").arg(layout.name));
        } while (isRead && repeats && m_at < m_bytes.size() && !isFull());
        walk.isWhole = isRead && m_at == m_bytes.size();
        walk.constantBytes = m_constantBytes;
        walk.summary = layout.name + u' ' + m_summary.toString() + (isRead ? QString() : QStringLiteral(" …"));
        if (isRead && m_at < m_bytes.size() && !isFull())
            addLeftOver(m_bytes.size());
        return walk;
    }

private:
    struct Frame
    {
        const StructLayout *layout = nullptr;
        /// Whose slots these are, and where they begin.
        const StructLayout *owner = nullptr;
        qsizetype firstSlot = 0;
        size_t step = 0;
        qsizetype begin = 0;
        /// Where the bytes end that may be read.
        qsizetype end = 0;
        /// They are to be read, as a size says.
        bool isSized = false;
        /// Of an array; of a struct only to say where it is.
        const StructField *field = nullptr;
        bool isArray = false;
        bool isElement = false;
        size_t dimension = 0;
        quint64 count = 0;
        quint64 index = 0;
        bool isToEnd = false;
        qsizetype elementBegin = -1;
    };

    // The walk

    bool readMessage(const StructLayout &layout)
    {
        m_slots.assign(static_cast<size_t>(layout.slotCount), std::nullopt);
        Frame frame;
        frame.layout = &layout;
        frame.owner = &layout;
        frame.begin = m_at;
        frame.end = m_bytes.size();
        if (!openNode(layout.name, Node::Kind::Object))
            return false;
        m_open.push_back(frame);
        while (!m_open.empty()) {
            if (m_builder && !m_builder->goOn(m_at))
                return false;
            if (isFull())
                return true;
            if (--m_stepsLeft < 0)
                return fail(m_at, tr("This takes too many steps."));
            if (!(top().isArray ? nextElement() : nextStep()))
                return false;
        }
        return true;
    }

    [[nodiscard]] bool isFull() const { return m_builder && m_builder->isFull(); }
    [[nodiscard]] Frame &top() { return m_open.back(); }
    [[nodiscard]] qsizetype left() const { return m_open.back().end - m_at; }

    bool nextStep()
    {
        Frame &frame = top();
        if (frame.step == frame.layout->steps.size())
            return endStruct();
        const StructStep &step = frame.layout->steps[frame.step++];
        StructNumber value;
        switch (step.code) {
        case StructStep::Code::Field: {
            m_field = &frame.layout->fields[static_cast<size_t>(step.index)];
            m_isElement = false;
            if (frame.layout->isAligned && !pad(m_field->alignment, frame.begin))
                return false;
            return beginValue(*m_field, 0);
        }
        case StructStep::Code::JumpIfZero:
            m_field = nullptr;
            if (!calculate(step.expression, value))
                return false;
            if (value.isZero())
                frame.step = static_cast<size_t>(step.index);
            return true;
        case StructStep::Code::Jump:
            frame.step = static_cast<size_t>(step.index);
            return true;
        case StructStep::Code::Store:
            m_field = nullptr;
            if (!calculate(step.expression, value))
                return false;
            store(step.index, value);
            return true;
        case StructStep::Code::Pad:
        case StructStep::Code::Align:
            m_field = nullptr;
            return calculate(step.expression, value) && makeRoom(step.code, value);
        case StructStep::Code::AlignField:
            m_field = nullptr;
            return !frame.layout->isAligned || pad(step.index, frame.begin);
        }
        return true;
    }

    bool makeRoom(StructStep::Code code, StructNumber value)
    {
        const auto most = StructNumber::fromSigned(std::numeric_limits<qint32>::max());
        if (code == StructStep::Code::Align) {
            if (value < StructNumber::fromSigned(1) || value > most)
                return fail(m_at,
                            tr("What is aligned stands at a multiple of 1 or more, not of %1.").arg(value.toString()));
            return pad(static_cast<qsizetype>(*value.toUnsigned()), m_messageBegin);
        }
        if (value.isNegative())
            return fail(m_at, tr("Padding has no negative number of bytes: %1.").arg(value.toString()));
        return addPadding(*value.toUnsigned());
    }

    bool pad(qsizetype alignment, qsizetype from)
    {
        const qsizetype over = (m_at - from) % alignment;
        return over == 0 || addPadding(static_cast<quint64>(alignment - over));
    }

    bool addPadding(quint64 count)
    {
        if (count == 0)
            return true;
        if (count > static_cast<quint64>(left()))
            return failShort(tr("The padding"), count);
        const auto end = m_at + static_cast<qsizetype>(count);
        if (m_builder)
            m_builder->addPlace(u"padding", Node::Kind::Bytes, m_at, end, m_at);
        m_at = end;
        return true;
    }

    bool endStruct()
    {
        Frame &frame = top();
        m_field = nullptr;
        if (frame.layout->isAligned && !pad(frame.layout->alignment, frame.begin))
            return false;
        m_summary.end(u'}');
        return endFrame();
    }

    bool endFrame()
    {
        const Frame frame = top();
        if (frame.isSized && m_at < frame.end) {
            addLeftOver(frame.end);
            m_at = frame.end;
        }
        if (m_builder)
            m_builder->close(m_at);
        m_open.pop_back();
        m_field = nullptr;
        return true;
    }

    /// What stands behind a struct.
    void addLeftOver(qsizetype end)
    {
        if (m_builder)
            m_builder->addPlace(u"left over", Node::Kind::Bytes, m_at, end, m_at,
                                end - m_at == 1 ? tr("a byte that the struct does not describe")
                                                : tr("%1 bytes that the struct does not describe").arg(end - m_at));
    }

    bool nextElement()
    {
        Frame &frame = top();
        if (frame.isToEnd ? m_at >= frame.end : frame.index == frame.count) {
            m_summary.end(u']');
            return endFrame();
        }
        if (frame.elementBegin == m_at)
            return fail(m_at, tr("The elements of “%1” take no bytes.").arg(path()));
        frame.elementBegin = m_at;
        ++frame.index;
        m_isElement = true;
        return beginValue(*frame.field, frame.dimension + 1);
    }

    // Values

    [[nodiscard]] static bool isByteArray(const StructField &field)
    {
        return field.type.kind == StructType::Kind::Unsigned && field.type.size == 1 && !field.type.names &&
               !field.scale && field.unit.isEmpty() && field.time == StructTime::None;
    }

    bool beginValue(const StructField &field, size_t dimension)
    {
        const bool isLast = dimension + 1 == field.counts.size();
        if (dimension < field.counts.size()) {
            if (isLast && isByteArray(field))
                return readBytes(field, dimension);
            if (isLast && field.type.kind == StructType::Kind::Character)
                return readCharacters(field, dimension);
            if (isLast && field.type.kind == StructType::Kind::Character16)
                return readCharacters16(field, dimension);
            return beginArray(field, dimension);
        }
        if (field.type.layout)
            return beginStruct(field);
        return readScalar(field);
    }

    /// The number of elements; what goes on to the end has as many as fit.
    bool countOf(const StructField &field, size_t dimension, qsizetype elementSize, quint64 &count)
    {
        const StructExpression &expression = field.counts[dimension];
        if (expression.isEmpty()) {
            qsizetype end = top().end;
            if (field.size && !sizeOf(field, end))
                return false;
            count = static_cast<quint64>((end - m_at) / elementSize);
            return true;
        }
        StructNumber value;
        if (!calculate(expression, value))
            return false;
        const auto positive = value.toUnsigned();
        if (!positive)
            return fail(m_at, tr("“%1” would have %2 elements.").arg(path(), value.toString()));
        count = *positive;
        return true;
    }

    /// Where it ends by its size.
    bool sizeOf(const StructField &field, qsizetype &end)
    {
        StructNumber value;
        if (!calculate(*field.size, value))
            return false;
        const auto size = value.toUnsigned();
        if (!size)
            return fail(m_at, tr("“%1” would have %2 bytes.").arg(path(), value.toString()));
        if (*size > static_cast<quint64>(left()))
            return failShort(quotedPath(), *size);
        end = m_at + static_cast<qsizetype>(*size);
        return true;
    }

    bool beginArray(const StructField &field, size_t dimension)
    {
        const Frame &outer = top();
        Frame frame;
        frame.layout = outer.layout;
        frame.owner = outer.owner;
        frame.firstSlot = outer.firstSlot;
        frame.begin = m_at;
        frame.end = outer.end;
        frame.field = &field;
        frame.isArray = true;
        frame.isElement = m_isElement;
        frame.dimension = dimension;
        frame.isToEnd = field.counts[dimension].isEmpty();
        if (field.size && dimension == 0) {
            if (!sizeOf(field, frame.end))
                return false;
            frame.isSized = true;
        }
        if (!frame.isToEnd && !countOf(field, dimension, 1, frame.count))
            return false;
        if (!openNode(m_isElement ? QString() : field.name, Node::Kind::Array))
            return false;
        m_summary.begin(u'[');
        m_open.push_back(frame);
        m_field = nullptr;
        return true;
    }

    bool beginStruct(const StructField &field)
    {
        const Frame &outer = top();
        const StructLayout &layout = *field.type.layout;
        Frame frame;
        frame.layout = &layout;
        frame.owner = layout.isWithin ? outer.owner : &layout;
        frame.firstSlot = layout.isWithin ? outer.firstSlot : outer.firstSlot + field.slot;
        frame.begin = m_at;
        frame.end = outer.end;
        frame.field = &field;
        frame.isElement = m_isElement;
        if (field.size) {
            if (!sizeOf(field, frame.end))
                return false;
            frame.isSized = true;
        }
        // What the last element had is not what this one has.
        const auto firstOwn = static_cast<size_t>(frame.firstSlot + layout.firstSlot);
        std::fill_n(m_slots.begin() + static_cast<std::ptrdiff_t>(firstOwn), layout.slotCount, std::nullopt);
        m_stepsLeft -= layout.slotCount;
        if (!openNode(m_isElement ? QString() : field.name, Node::Kind::Object))
            return false;
        m_summary.begin(u'{');
        m_open.push_back(frame);
        m_field = nullptr;
        return true;
    }

    bool openNode(const QString &label, Node::Kind kind)
    {
        if (!label.isEmpty() && !m_open.empty())
            m_summary.key(label);
        if (m_open.empty())
            m_summary.begin(u'{');
        if (!m_builder)
            return true;
        if (!label.isEmpty())
            m_builder->label(label);
        return m_builder->open(kind, m_at);
    }

    /// Names the node that comes next, here and in the line.
    void name(const StructField &field)
    {
        if (m_isElement)
            return;
        m_summary.key(field.name);
        if (m_builder)
            m_builder->label(field.name);
    }

    bool readScalar(const StructField &field)
    {
        switch (field.type.kind) {
        case StructType::Kind::Unsigned:
        case StructType::Kind::Signed:
            return readInteger(field);
        case StructType::Kind::Varint:
        case StructType::Kind::SignedVarint:
        case StructType::Kind::ZigZag:
            return readVariable(field);
        case StructType::Kind::Float:
        case StructType::Kind::BrainFloat:
            return readFloat(field);
        case StructType::Kind::Boolean:
            return readBoolean(field);
        case StructType::Kind::Character:
            return readCharacter(field);
        case StructType::Kind::Character16:
            return readCharacter16(field);
        case StructType::Kind::CString:
        case StructType::Kind::PString:
            return readString(field);
        default:
            return readSpecial(field);
        }
    }

    bool needs(qsizetype count) { return count <= left() || failShort(quotedPath(), static_cast<quint64>(count)); }

    bool readInteger(const StructField &field)
    {
        const qsizetype size = field.type.size;
        if (!needs(size))
            return false;
        const quint64 raw = structInteger(m_bytes.sliced(m_at, size), field.type.order);
        const StructNumber number = field.type.kind == StructType::Kind::Signed
                                        ? StructNumber::fromSigned(signedStructInteger(raw, size))
                                        : StructNumber::fromUnsigned(raw);
        if (!field.bits.empty())
            return readBits(field, raw);
        return addNumber(field, number, size);
    }

    bool addNumber(const StructField &field, StructNumber number, qsizetype size)
    {
        name(field);
        const StructValue value = structValue(field, number);
        m_summary.value(value.told);
        if (m_builder)
            m_builder->add(Node::Kind::Number, m_at, m_at + size, value.text, value.note);
        return isConstant(field.constant, number, size) && keep(field, number, size);
    }

    /// Goes on behind a value that expressions may ask for.
    bool keep(const StructField &field, StructNumber number, qsizetype size)
    {
        if (field.slot >= 0 && !m_isElement)
            store(field.slot, number);
        m_at += size;
        return true;
    }

    void store(qsizetype slot, StructNumber number) { m_slots[static_cast<size_t>(top().firstSlot + slot)] = number; }

    /// Whether a value is what it must be.
    bool isConstant(const std::optional<StructExpression> &constant, StructNumber number, qsizetype size,
                    const QString &bit = {})
    {
        if (!constant)
            return true;
        StructNumber wanted;
        if (!calculate(*constant, wanted))
            return false;
        m_constantBytes += number == wanted ? size : 0;
        return number == wanted ||
               fail(m_at, tr("“%1” is %2, not %3.")
                              .arg(bit.isEmpty() ? path() : path() + u'.' + bit, told(number), told(wanted)));
    }

    /// In hex where that is how magic numbers are told.
    static QString told(StructNumber number)
    {
        const auto positive = number.toUnsigned();
        return positive && *positive > 9 ? QStringLiteral("0x") + QString::number(*positive, 16).toUpper()
                                         : number.toString();
    }

    bool readBits(const StructField &field, quint64 raw)
    {
        const qsizetype size = field.type.size;
        if (!openNode(m_isElement ? QString() : field.name, Node::Kind::Object))
            return false;
        if (m_builder)
            m_builder->note(QStringLiteral("0x") + QString::number(raw, 16).rightJustified(2 * size, u'0').toUpper());
        m_summary.begin(u'{');
        int used = 0;
        const auto all = static_cast<int>(8 * size);
        for (const StructBits &bits : field.bits) {
            const int shift = field.isHighBitFirst ? all - used - bits.width : used;
            used += bits.width;
            if (bits.name.isEmpty())
                continue;
            const quint64 mask = std::numeric_limits<quint64>::max() >> (64 - bits.width);
            const auto number = StructNumber::fromUnsigned(raw >> shift & mask);
            addBit(bits, number);
            if (bits.slot >= 0)
                store(bits.slot, number);
            if (!isConstant(bits.constant, number, 0, bits.name))
                return false;
        }
        m_summary.end(u'}');
        if (m_builder)
            m_builder->close(m_at + size);
        const auto number = StructNumber::fromUnsigned(raw);
        return isConstant(field.constant, number, size) && keep(field, number, size);
    }

    void addBit(const StructBits &bits, StructNumber number)
    {
        QString note = bits.names ? enumText(*bits.names, number) : QString();
        const QString text = number.toString();
        m_summary.key(bits.name);
        m_summary.value(note.isEmpty() ? text : note);
        if (bits.names && note.isEmpty())
            note = tr("no value of %1").arg(bits.names->name);
        // Several stand in a byte, which is that of what holds them.
        if (m_builder)
            m_builder->add(bits.name, Node::Kind::Number, m_at, m_at, text, note);
    }

    /// Seven bits a byte, the least first, while the uppermost bit says that another one follows.
    bool readVariable(const StructField &field)
    {
        constexpr qsizetype MaxSize = 10;
        quint64 bits = 0;
        qsizetype size = 0;
        quint8 byte = 0x80;
        while ((byte & 0x80) != 0) {
            if (size == MaxSize)
                return fail(m_at, tr("“%1” has more than 64 bits.").arg(path()));
            if (!needs(size + 1))
                return false;
            byte = static_cast<quint8>(m_bytes[m_at + size]);
            bits |= static_cast<quint64>(byte & 0x7f) << (7 * size);
            ++size;
        }
        const bool isSigned = field.type.kind == StructType::Kind::SignedVarint;
        // The tenth byte has room for one bit, or for the sign.
        if (size == MaxSize && (isSigned ? byte != 0 && byte != 0x7f : byte > 1))
            return fail(m_at, tr("“%1” has more than 64 bits.").arg(path()));
        StructNumber number = StructNumber::fromUnsigned(bits);
        if (field.type.kind == StructType::Kind::ZigZag) {
            number = StructNumber::fromSigned(static_cast<qint64>(bits >> 1 ^ (0 - (bits & 1))));
        } else if (isSigned) {
            const int unused = std::max(64 - static_cast<int>(7 * size), 0);
            number = StructNumber::fromSigned(static_cast<qint64>(bits << unused) >> unused);
        }
        return addNumber(field, number, size);
    }

    bool readFloat(const StructField &field)
    {
        const qsizetype size = field.type.size;
        if (!needs(size))
            return false;
        name(field);
        const StructValue value = structValue(field, structFloat(m_bytes.sliced(m_at, size), field.type));
        m_summary.value(value.told);
        if (m_builder)
            m_builder->add(Node::Kind::Number, m_at, m_at + size, value.text, value.note);
        m_at += size;
        return true;
    }

    bool readBoolean(const StructField &field)
    {
        if (!needs(1))
            return false;
        const auto byte = static_cast<uchar>(m_bytes[m_at]);
        const QString text = byte != 0 ? QStringLiteral("true") : QStringLiteral("false");
        name(field);
        m_summary.value(text);
        if (m_builder)
            m_builder->add(Node::Kind::Boolean, m_at, m_at + 1, text, byte > 1 ? QString::number(byte) : QString());
        const auto number = StructNumber::fromUnsigned(byte);
        return isConstant(field.constant, number, 1) && keep(field, number, 1);
    }

    bool readCharacter(const StructField &field)
    {
        if (!needs(1))
            return false;
        const auto number = StructNumber::fromUnsigned(static_cast<uchar>(m_bytes[m_at]));
        name(field);
        addText(m_at + 1, m_at, m_at + 1, number.toString());
        return isConstant(field.constant, number, 1) && keep(field, number, 1);
    }

    // Arrays that are one value

    /// The bytes of an array whose elements have so many each; false if they are not there.
    bool bytesOf(const StructField &field, size_t dimension, qsizetype elementSize, qsizetype &end)
    {
        quint64 count = 0;
        if (!countOf(field, dimension, elementSize, count))
            return false;
        const auto elements = static_cast<quint64>(left() / elementSize);
        if (count > elements)
            return failShort(quotedPath(),
                             count > std::numeric_limits<quint64>::max() / static_cast<quint64>(elementSize)
                                 ? count
                                 : count * static_cast<quint64>(elementSize));
        end = m_at + static_cast<qsizetype>(count) * elementSize;
        // Half of an element is a part of it, too.
        return !field.size || sizeOf(field, end);
    }

    bool readBytes(const StructField &field, size_t dimension)
    {
        qsizetype end = 0;
        if (!bytesOf(field, dimension, 1, end))
            return false;
        name(field);
        const QByteArrayView bytes = m_bytes.sliced(m_at, end - m_at);
        if (field.isMessage)
            return addMessage(field, end, m_at, end, isReadableText(bytes));
        m_summary.bytes(bytes);
        if (m_builder)
            m_builder->addPlace(Node::Kind::Bytes, m_at, end, m_at);
        return areConstant(field, bytes) && goTo(end);
    }

    bool goTo(qsizetype end)
    {
        m_at = end;
        return true;
    }

    /// Whether bytes are what they must be; zeros may fill the array.
    bool areConstant(const StructField &field, QByteArrayView bytes)
    {
        if (!field.constantBytes)
            return true;
        const QByteArray &wanted = *field.constantBytes;
        const bool isRight = bytes.startsWith(wanted) &&
                             std::ranges::all_of(bytes.sliced(wanted.size()), [](char c) { return c == '\0'; });
        m_constantBytes += isRight ? bytes.size() : 0;
        return isRight || fail(m_at, tr("“%1” is not “%2”.").arg(path(), constantText(wanted)));
    }

    static QString constantText(const QByteArray &bytes)
    {
        return isReadableText(bytes) ? QString::fromUtf8(bytes) : hexText(bytes);
    }

    /// Up to the first NUL, as C has it.
    bool readCharacters(const StructField &field, size_t dimension)
    {
        qsizetype end = 0;
        if (!bytesOf(field, dimension, 1, end))
            return false;
        const QByteArrayView bytes = m_bytes.sliced(m_at, end - m_at);
        const qsizetype zero = bytes.indexOf('\0');
        const qsizetype textEnd = zero < 0 ? end : m_at + zero;
        name(field);
        if (field.isMessage)
            return addMessage(field, end, m_at, textEnd, true);
        addText(end, m_at, textEnd, {});
        return areConstant(field, bytes) && goTo(end);
    }

    /// A text from `begin` to `textEnd`, of a value that ends at `end`; bytes if it is none.
    void addText(qsizetype end, qsizetype begin, qsizetype textEnd, const QString &note)
    {
        const QByteArrayView text = m_bytes.sliced(begin, textEnd - begin);
        const bool isText = isValidUtf8(text);
        if (isText)
            m_summary.text(textFromUtf8(beginningOf(text)));
        else
            m_summary.bytes(text);
        if (!m_builder)
            return;
        const QString fault = isText ? note : tr("text that is not UTF-8: %1").arg(faultyText(text));
        m_builder->addPlace(isText ? Node::Kind::String : Node::Kind::Bytes, m_at, end, begin, fault);
        m_builder->endText(textEnd);
    }

    static QByteArrayView beginningOf(QByteArrayView text)
    {
        const QByteArrayView beginning = text.first(std::min(text.size(), MaxStructTextTold));
        return beginning.chopped(unfinishedBytes(beginning));
    }

    [[nodiscard]] QString text16(qsizetype begin, qsizetype end, ByteOrder order) const
    {
        QString text;
        for (qsizetype at = begin; at < end; at += 2)
            text += QChar(static_cast<char16_t>(structInteger(m_bytes.sliced(at, 2), order)));
        return text;
    }

    bool readCharacter16(const StructField &field)
    {
        if (!needs(2))
            return false;
        name(field);
        addText16(m_at + 2, m_at + 2, field.type.order);
        return goTo(m_at + 2);
    }

    bool readCharacters16(const StructField &field, size_t dimension)
    {
        qsizetype end = 0;
        if (!bytesOf(field, dimension, 2, end))
            return false;
        qsizetype textEnd = m_at;
        while (textEnd + 1 < end && (m_bytes[textEnd] != '\0' || m_bytes[textEnd + 1] != '\0'))
            textEnd += 2;
        name(field);
        addText16(end, textEnd, field.type.order);
        return goTo(end);
    }

    void addText16(qsizetype end, qsizetype textEnd, ByteOrder order)
    {
        const QString text = text16(m_at, textEnd, order);
        m_summary.text(text);
        if (m_builder)
            m_builder->add(Node::Kind::String, m_at, end, text, QStringLiteral("UTF-16"));
    }

    /// Behind its length, or up to a NUL.
    bool readString(const StructField &field)
    {
        qsizetype begin = m_at;
        qsizetype textEnd = 0;
        qsizetype end = 0;
        if (field.type.kind == StructType::Kind::CString) {
            const QByteArrayView bytes = m_bytes.sliced(m_at, left());
            const qsizetype zero = bytes.indexOf('\0');
            if (zero < 0)
                return fail(m_at, tr("“%1” has no end: no zero byte follows.").arg(path()));
            textEnd = m_at + zero;
            end = textEnd + 1;
        } else {
            if (!needs(field.type.size))
                return false;
            begin += field.type.size;
            const quint64 length = structInteger(m_bytes.sliced(m_at, field.type.size), field.type.order);
            if (length > static_cast<quint64>(left() - field.type.size))
                return failShort(quotedPath(), length + static_cast<quint64>(field.type.size));
            textEnd = begin + static_cast<qsizetype>(length);
            end = textEnd;
        }
        name(field);
        if (field.isMessage)
            return addMessage(field, end, begin, textEnd, true);
        addText(end, begin, textEnd, {});
        return goTo(end);
    }

    /// Bytes that are a message of their own.
    bool addMessage(const StructField &field, qsizetype end, qsizetype begin, qsizetype textEnd, bool isText)
    {
        QString summary;
        if (m_builder) {
            const NodeBuilder::Inner decode = [&field](NodeBuilder &builder, const QByteArray &bytes, bool isUtf8,
                                                       QString &line) {
                field.format->decode({bytes, isUtf8}, builder);
                line = builder.summary();
                return true;
            };
            // What ends a text is none of it.
            const bool isPlain = textEnd == end;
            if (isPlain)
                summary = addInner(field, m_at, end, begin, isText, decode);
            else if (!addWithZeros(field, end, begin, textEnd, isText, decode, summary))
                return false;
        }
        if (summary.isEmpty())
            m_summary.bytes(m_bytes.sliced(begin, textEnd - begin));
        else
            m_summary.value(summary);
        return goTo(end);
    }

    QString addInner(const StructField &field, qsizetype begin, qsizetype end, qsizetype textBegin, bool isText,
                     const NodeBuilder::Inner &decode)
    {
        return field.format ? m_builder->addInnerAs(begin, end, textBegin, isText, decode)
                            : m_builder->addInner(begin, end, textBegin, isText);
    }

    bool addWithZeros(const StructField &field, qsizetype end, qsizetype begin, qsizetype textEnd, bool isText,
                      const NodeBuilder::Inner &decode, QString &summary)
    {
        if (!m_builder->open(Node::Kind::Object, m_at))
            return false;
        m_builder->label(u"text");
        summary = addInner(field, m_at, textEnd, begin, isText, decode);
        m_builder->addPlace(u"padding", Node::Kind::Bytes, textEnd, end, textEnd);
        m_builder->close(end);
        return true;
    }

    bool readSpecial(const StructField &field)
    {
        const qsizetype size = field.type.size;
        if (!needs(size))
            return false;
        QString text;
        for (const ByteValue &value : byteValues(m_bytes.sliced(m_at, size), field.type.order)) {
            if (value.name == field.type.special)
                text = value.text;
        }
        name(field);
        m_summary.value(text);
        if (m_builder)
            m_builder->add(Node::Kind::String, m_at, m_at + size, text);
        return goTo(m_at + size);
    }

    // Expressions and faults

    bool calculate(const StructExpression &expression, StructNumber &value)
    {
        const Frame &frame = top();
        m_stepsLeft -= expression.size();
        QString fault;
        const auto number = expression.evaluate(
            {m_slots, frame.firstSlot, left(), m_at - m_messageBegin, frame.owner->slotNames}, fault);
        if (number) {
            value = *number;
            return true;
        }
        const QString where = path();
        return fail(m_at, where.isEmpty() ? tr("The condition cannot be calculated: %1.").arg(fault)
                                          : tr("“%1” cannot be calculated: %2.").arg(where, fault));
    }

    /// "readings[3].time": what is read, or holds what is read.
    [[nodiscard]] QString path() const
    {
        QString path;
        const auto add = [&path](const QString &step) { path += path.isEmpty() ? step : u'.' + step; };
        for (const Frame &frame : m_open) {
            if (frame.field && !frame.isElement)
                add(frame.field->name);
            if (frame.isArray && frame.index > 0)
                path += u'[' + QString::number(frame.index - 1) + u']';
        }
        if (m_field && !m_open.empty() && !m_open.back().isArray)
            add(m_field->name);
        return path;
    }

    [[nodiscard]] QString quotedPath() const { return u'“' + path() + u'”'; }

    bool failShort(const QString &what, quint64 needed)
    {
        const QString rule = needed == 1 ? tr("%1 needs %2 byte, %3 are left.") : tr("%1 needs %2 bytes, %3 are left.");
        return fail(m_at, rule.arg(what, QString::number(needed), QString::number(left())));
    }

    bool fail(qsizetype at, const QString &rule)
    {
        if (m_builder)
            m_builder->fail(at, rule);
        return false;
    }

    QByteArrayView m_bytes;
    NodeBuilder *m_builder;
    qint64 m_stepsLeft;
    qsizetype m_at = 0;
    qsizetype m_messageBegin = 0;
    std::vector<Frame> m_open;
    StructSlots m_slots;
    /// That is read now in the struct on top; null while none is.
    const StructField *m_field = nullptr;
    /// What is read now is an element of an array, which has no name.
    bool m_isElement = false;
    qsizetype m_constantBytes = 0;
    ValueSummary m_summary;
};

} // namespace

StructWalk readStructs(const StructLayout &layout, bool repeats, QByteArrayView bytes, NodeBuilder *builder,
                       qint64 maxSteps)
{
    return StructMachine(bytes, builder, maxSteps).run(layout, repeats);
}

} // namespace sockeye
