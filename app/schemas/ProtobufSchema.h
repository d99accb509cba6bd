#pragma once

#include "base/Job.h"
#include "base/Result.h"

#include <QByteArray>
#include <QStringList>

#include <memory>
#include <vector>

namespace google::protobuf {
class Descriptor;
class DescriptorPool;
} // namespace google::protobuf

namespace sockeye {

/// What of a schema cannot be used, or is used with a doubt.
struct SchemaProblem
{
    /// The file, as the user finds it; with a descriptor set the file's name in there.
    QString file;
    /// From 1; 0 for what stands at no place.
    int line = 0;
    int column = 0;
    /// The compiler's words (English), or a sentence.
    QString message;

    /// "orders.proto:3:5: "Itme" is not defined."
    [[nodiscard]] QString toString() const;
    friend bool operator==(const SchemaProblem &, const SchemaProblem &) = default;
};

/// Message types of Protocol Buffers (protobuf.dev), proto2, proto3 and, as far as bytes go, editions, from .proto
/// files or descriptor sets. Never changes: any thread may use it, and decoders share it.
class ProtobufSchema final
{
public:
    /// Files and bytes that one schema may have; what is beyond is left out and told as a problem.
    static constexpr int MaxFiles = 10'000;
    static constexpr qint64 MaxBytes = 64 * 1024 * 1024;

    /// Each path is a folder of .proto files (all in it and below, hidden folders aside), a .proto file, or a
    /// descriptor set (`protoc -o`, a buf image: any file not called .proto). Imports are looked for beside built-in
    /// google/protobuf/*.proto in the folder itself, in the other folders, and at last in any file whose path ends like
    /// that: the nearest one. What is broken is left out and told in problems(); the error says that there is nothing
    /// left, or that it was cancelled. Reads files: meant for a job.
    [[nodiscard]] static Result<std::shared_ptr<const ProtobufSchema>> load(const QStringList &paths,
                                                                            const CancelToken &token = {});
    /// A google.protobuf.FileDescriptorSet that is no file.
    [[nodiscard]] static Result<std::shared_ptr<const ProtobufSchema>> ofDescriptorSet(const QByteArray &bytes);

    ~ProtobufSchema();
    ProtobufSchema(const ProtobufSchema &) = delete;
    ProtobufSchema &operator=(const ProtobufSchema &) = delete;

    /// Full names ("shop.v1.Order", nested ones too), sorted; without those of google/protobuf/*.proto, which can be
    /// decoded as well.
    [[nodiscard]] const QStringList &messageTypes() const { return m_messageTypes; }
    [[nodiscard]] bool hasType(const QString &type) const { return find(type) != nullptr; }
    [[nodiscard]] const std::vector<SchemaProblem> &problems() const { return m_problems; }
    /// How many files make it up, without the built-in ones.
    [[nodiscard]] int fileCount() const { return m_fileCount; }

    /// The types that the bytes may be a message of, best first, at most `most`: all fields known, of the right wire
    /// types, their strings UTF-8, required ones there. Looks at the first 64 KiB. A guess: types of similar fields fit
    /// alike. Takes some milliseconds for thousands of types.
    [[nodiscard]] QStringList typesThatFit(const QByteArray &bytes, int most = 20) const;

    // For the decoders of this folder

    /// Null for a type that the schema does not have.
    [[nodiscard]] const google::protobuf::Descriptor *find(const QString &type) const;
    [[nodiscard]] const google::protobuf::DescriptorPool &pool() const { return *m_pool; }

private:
    friend class ProtoPool;

    ProtobufSchema();

    std::unique_ptr<google::protobuf::DescriptorPool> m_pool;
    QStringList m_messageTypes;
    std::vector<SchemaProblem> m_problems;
    int m_fileCount = 0;
};

} // namespace sockeye
