#pragma once

#include "decode/NodeBuilder.h"
#include "encodings/ProtobufWire.h"
#include "encodings/ValueTexts.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QStringList>

#include <google/protobuf/descriptor.h>

#include <map>
#include <unordered_map>
#include <vector>

namespace sockeye {

/// Adds the nodes of messages whose types are known. Keeps a list of what is open.
class ProtobufMessageReader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::ProtobufMessageDecoder)

public:
    ProtobufMessageReader(NodeBuilder &builder, const QByteArray &bytes, const google::protobuf::DescriptorPool &pool);

    /// The message whose bytes are those from `begin` to `end`, its fields from `fieldsAt` on; the node gets that note.
    /// False if it is broken, which the builder was told, or if the builder was told to stop.
    [[nodiscard]] bool read(const google::protobuf::Descriptor &type, qsizetype begin, qsizetype fieldsAt,
                            qsizetype end, const QString &note = {});
    /// What was read last, or as far as it was read: `{a=1 b="x"}`.
    [[nodiscard]] QString said() const;

private:
    using Field = google::protobuf::FieldDescriptor;
    using Type = google::protobuf::Descriptor;

    /// A message whose end has not come.
    struct Open
    {
        const Type *type = nullptr;
        /// Where its fields end, and where what holds it goes on.
        qsizetype end = 0;
        qsizetype resumeAt = 0;
        /// The number of a group, which ends with a field of its own.
        quint32 group = 0;
        qint32 node = Node::None;
        ValueSummary said = {};
        /// The repeated field whose values are being added to an array, or to an object of a map.
        const Field *run = nullptr;
        qsizetype runEnd = 0;
        /// By number: the node of the last value.
        std::map<int, qint32> seen = {};
        /// By the oneof's place: the number that was set last.
        std::map<int, int> oneofs = {};
        /// Of google.protobuf.Any: what it holds.
        const Type *anyType = nullptr;
        QString anyName = {};
        /// Of types that are read as one value.
        QString lastText = {};
        QStringList paths = {};
        qint64 seconds = 0;
        qint64 nanos = 0;
    };
    /// What a field is called: made once for each.
    struct Names
    {
        QString name;
        /// Where it is not what the name makes it.
        QString jsonNote;
        QString oneofNote;
    };
    struct Entry
    {
        ProtoField key;
        ProtoField value;
        bool hasKey = false;
        bool hasValue = false;
    };

    [[nodiscard]] const Names &namesOf(const Field &field);
    [[nodiscard]] Open &top() { return m_open.back(); }
    [[nodiscard]] bool push(const Type &type, qsizetype begin, qsizetype end, qsizetype resumeAt, quint32 group);
    void pop(qsizetype end);
    [[nodiscard]] bool field();
    [[nodiscard]] bool addKnown(const Field &known, const ProtoField &field);
    [[nodiscard]] bool addValue(const Field &known, const ProtoField &field, qsizetype resumeAt);
    void addText(const ProtoField &field);
    [[nodiscard]] bool addBytes(const ProtoField &field, qsizetype resumeAt);
    void addScalar(const Field &known, qsizetype begin, qsizetype end, quint64 bits);
    [[nodiscard]] bool addPacked(const Field &known, const ProtoField &field);
    [[nodiscard]] bool addEntry(const Field &known, const ProtoField &field);
    [[nodiscard]] bool readEntry(const Field &known, const ProtoField &field, Entry &entry) const;
    [[nodiscard]] QString keyText(const Field &key, const Entry &entry) const;
    void addMissingValue(const Field &value, qsizetype at);
    [[nodiscard]] bool addUnknown(const ProtoField &field, const QString &why, const QString &name = {});
    [[nodiscard]] bool openRun(const Field &known, const ProtoField &field);
    void closeRun();
    void addNote(qint32 node, const QString &note);
    void sayValue(const QString &text);
    void sayText(const QString &text);
    void readAny(Open &any, qsizetype begin) const;
    [[nodiscard]] QString textOf(Open &message) const;
    [[nodiscard]] QString missingOf(const Open &message) const;
    [[nodiscard]] QByteArrayView part(const ProtoField &field) const { return protoPart(m_bytes, field); }

    NodeBuilder &m_builder;
    const QByteArray m_bytes;
    const google::protobuf::DescriptorPool &m_pool;
    qsizetype m_at = 0;
    std::vector<Open> m_open;
    std::unordered_map<const Field *, Names> m_names;
    QString m_said;
};

} // namespace sockeye
