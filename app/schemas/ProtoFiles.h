#pragma once

#include "schemas/ProtoFile.h"

#include <QHash>
#include <QStringList>

#include <vector>

namespace sockeye {

/// Finds and reads the files of a schema, and whom their imports mean.
class ProtoFiles final
{
public:
    explicit ProtoFiles(const CancelToken &token)
        : m_token(token)
    {
    }

    /// Reads a folder, a .proto file or a descriptor set.
    void addPath(const QString &path);
    void addDescriptorSet(const QByteArray &bytes, const QString &shownName);
    /// Reads what is imported and not yet there, and gives imports the names of the files that are meant.
    void resolveImports();

    [[nodiscard]] bool isCancelled() const { return m_token.isCancelled(); }
    [[nodiscard]] std::vector<ProtoFile> takeFiles() { return std::move(m_files); }
    /// Of what is no file of the schema after all.
    [[nodiscard]] std::vector<SchemaProblem> takeProblems() { return std::move(m_problems); }

private:
    /// Where an import is looked for: a folder that the user gave, or that of a file that the user gave.
    struct Root
    {
        QString folder;
        bool isScanned = false;
    };

    void scanFolder(const QString &folder, const QString &shownFolder);
    /// Whether there is room for a file of that size; says so once if there is none.
    bool hasRoom(qint64 size, const QString &shownName);
    /// Reads the file, under that name if it is free.
    void readText(const QString &path, const QString &canonical, const QString &name);
    [[nodiscard]] QByteArray contentOf(const QString &path, bool &isRead);
    void take(ProtoFile file);
    [[nodiscard]] QString nameFor(const QString &wanted, const QString &path) const;
    /// The name of the file that an import means; empty for none.
    [[nodiscard]] QString resolve(const QString &import, const QString &importer);
    [[nodiscard]] QString resolveIn(const QString &folder, const QString &import);
    [[nodiscard]] QString nearest(const QString &import, const QString &importer) const;
    void tell(const QString &file, const QString &message);

    CancelToken m_token;
    std::vector<ProtoFile> m_files;
    std::vector<SchemaProblem> m_problems;
    std::vector<Root> m_roots;
    /// By name, and by where they really are; what has the same text as another file means that one.
    QHash<QString, QString> m_names;
    QHash<QString, QString> m_nameOfPath;
    QHash<QByteArray, QString> m_nameOfContent;
    /// The folder of each file, as far as it was found in one.
    QHash<QString, QString> m_pathOfName;
    /// Of files in folders: paths by the last part of them.
    QHash<QString, QStringList> m_pathsOfFileName;
    qint64 m_bytes = 0;
    int m_fileCount = 0;
    bool m_isFull = false;
};

/// google/protobuf/NAME.proto, which every schema has, if that is what the name ends in; empty for others.
[[nodiscard]] QString builtInProto(const QString &name);

} // namespace sockeye
