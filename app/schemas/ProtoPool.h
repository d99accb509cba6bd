#pragma once

#include "schemas/ProtoFile.h"

#include <QHash>

#include <google/protobuf/descriptor.h>

#include <vector>

namespace sockeye {

/// Puts the files of a schema together: those first that others import. What is broken costs only what needs it.
class ProtoPool final
{
public:
    ProtoPool(std::vector<ProtoFile> files, std::vector<SchemaProblem> problems, const CancelToken &token);

    [[nodiscard]] Result<std::shared_ptr<const ProtobufSchema>> build();

private:
    enum class State : quint8 {
        Waiting,
        Broken, ///< its text is
        Built,
        Refused ///< it cannot be put together
    };

    void addBuiltIns();
    /// The files so that each follows those that it imports; circles are cut.
    [[nodiscard]] std::vector<size_t> inOrder();
    void tellCircle(const std::vector<size_t> &way, size_t to);
    /// Builds one that is whole; with `isTolerant` types that are missing become empty ones.
    void build(size_t index, bool isTolerant);
    /// A file that was built before defines all that this one does: who imports this one gets that one.
    [[nodiscard]] QString doubleOf(const ProtoFile &file) const;
    [[nodiscard]] bool isThere(const QString &import) const;
    void tellMissing(size_t index, const google::protobuf::FileDescriptor &built);
    void addTypes(const google::protobuf::FileDescriptor &file);
    void addProblems(std::vector<SchemaProblem> problems);

    std::vector<ProtoFile> m_files;
    std::vector<State> m_states;
    QHash<QString, size_t> m_indexes;
    /// Whom a file's name stands for that is not built itself.
    QHash<QString, QString> m_doubles;
    std::shared_ptr<ProtobufSchema> m_schema;
    CancelToken m_token;
};

} // namespace sockeye
