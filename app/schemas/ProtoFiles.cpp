#include "schemas/ProtoFiles.h"

#include "base/RegularFile.h"
#include "base/Units.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace sockeye {

namespace {

/// Files and folders that are looked at for those that end in .proto: a whole disk is no schema.
constexpr qint64 ProtoScannedEntries = 500'000;
/// Folders above a single file in which what it imports is looked for.
constexpr int ProtoFoldersAbove = 12;

struct ProtoFilesWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::ProtobufSchema)
};

bool isProtoName(const QString &name)
{
    return name.endsWith(QStringLiteral(".proto"), Qt::CaseInsensitive);
}

/// As the compiler allows: a file within a folder.
bool isImportName(const QString &import)
{
    if (import.isEmpty() || import.contains(u'\\'))
        return false;
    const auto parts = QStringView(import).split(u'/');
    return std::ranges::none_of(parts,
                                [](QStringView part) { return part.isEmpty() || part == u"." || part == u".."; });
}

/// How many folders two paths have in common.
qsizetype commonFolders(const QString &a, const QString &b)
{
    const auto [end, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return std::count(a.begin(), end, u'/');
}

} // namespace

QString builtInProto(const QString &name)
{
    static const QStringList all{QStringLiteral("any"),
                                 QStringLiteral("api"),
                                 QStringLiteral("descriptor"),
                                 QStringLiteral("duration"),
                                 QStringLiteral("empty"),
                                 QStringLiteral("field_mask"),
                                 QStringLiteral("source_context"),
                                 QStringLiteral("struct"),
                                 QStringLiteral("timestamp"),
                                 QStringLiteral("type"),
                                 QStringLiteral("wrappers")};
    for (const QString &one : all) {
        const QString builtIn = QStringLiteral("google/protobuf/%1.proto").arg(one);
        if (name == builtIn || name.endsWith(u'/' + builtIn))
            return builtIn;
    }
    return {};
}

void ProtoFiles::tell(const QString &file, const QString &message)
{
    m_problems.push_back({QDir::toNativeSeparators(file), 0, 0, message});
}

void ProtoFiles::addPath(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists() && !info.isSymLink()) {
        tell(path, ProtoFilesWords::tr("There is no such file or folder."));
        return;
    }
    const QString canonical = info.canonicalFilePath();
    if (info.isDir()) {
        m_roots.push_back({canonical, true});
        scanFolder(canonical, path);
        return;
    }
    if (isProtoName(path)) {
        const QString folder = QFileInfo(canonical).path();
        m_roots.push_back({folder, false});
        readText(path, canonical, info.fileName());
        return;
    }
    if (!hasRoom(info.size(), path))
        return;
    bool isRead = false;
    const QByteArray bytes = contentOf(path, isRead);
    if (isRead)
        addDescriptorSet(bytes, path);
}

void ProtoFiles::addDescriptorSet(const QByteArray &bytes, const QString &shownName)
{
    QString problem;
    std::vector<ProtoFile> files = readDescriptorSet(bytes, problem);
    if (files.empty() && problem.isEmpty())
        problem = ProtoFilesWords::tr("It describes no .proto file.");
    if (!problem.isEmpty() && files.empty())
        problem = ProtoFilesWords::tr("This is neither a .proto file nor a descriptor set. %1").arg(problem);
    if (!problem.isEmpty())
        tell(shownName, problem);
    for (ProtoFile &file : files) {
        if (m_token.isCancelled())
            return;
        if (!builtInProto(file.name).isEmpty())
            continue;
        if (m_names.contains(file.name)) {
            // The same file in two sets is one file.
            const QByteArray content = QByteArray::fromStdString(file.proto->SerializeAsString());
            const QString other = m_nameOfContent.value(content);
            if (other != file.name)
                tell(shownName,
                     ProtoFilesWords::tr("It holds another %1 than the one before, which is used.").arg(file.name));
            continue;
        }
        if (!hasRoom(0, shownName))
            return;
        m_nameOfContent.insert(QByteArray::fromStdString(file.proto->SerializeAsString()), file.name);
        take(std::move(file));
    }
}

void ProtoFiles::scanFolder(const QString &folder, const QString &shownFolder)
{
    QSet<QString> visited{folder};
    std::vector<QString> open{folder};
    QStringList found;
    qint64 looked = 0;
    while (!open.empty() && !m_token.isCancelled()) {
        const QString current = open.back();
        open.pop_back();
        // System: a pipe that is called .proto is told of, not passed over.
        QDirIterator entries(current, QDir::Files | QDir::Dirs | QDir::System | QDir::NoDotAndDotDot);
        while (entries.hasNext() && !m_token.isCancelled()) {
            const QString path = entries.next();
            if (++looked > ProtoScannedEntries) {
                tell(shownFolder, ProtoFilesWords::tr("It holds too much: only a part was searched for .proto files."));
                open.clear();
                break;
            }
            const QFileInfo info = entries.fileInfo();
            if (info.isDir()) {
                // A link may lead back to where it is.
                const QString canonical = info.canonicalFilePath();
                if (!canonical.isEmpty() && !visited.contains(canonical)) {
                    visited.insert(canonical);
                    open.push_back(path);
                }
            } else if (isProtoName(path)) {
                found += path;
            }
        }
    }
    found.sort();
    for (const QString &path : std::as_const(found)) {
        if (m_token.isCancelled() || m_isFull)
            return;
        const QString canonical = QFileInfo(path).canonicalFilePath();
        const QString name = path.mid(folder.size() + (folder.endsWith(u'/') ? 0 : 1));
        readText(path, canonical, name);
    }
}

bool ProtoFiles::hasRoom(qint64 size, const QString &shownName)
{
    if (m_isFull)
        return false;
    const bool areTooMany = m_fileCount >= ProtobufSchema::MaxFiles;
    if (!areTooMany && m_bytes + size <= ProtobufSchema::MaxBytes)
        return true;
    m_isFull = true;
    tell(shownName, areTooMany ? ProtoFilesWords::tr("The schema has more than %1 files: this one and those after it "
                                                     "are left out.")
                                     .arg(countText(ProtobufSchema::MaxFiles))
                               : ProtoFilesWords::tr("The schema is larger than %1: this file and those after it are "
                                                     "left out.")
                                     .arg(sizeText(ProtobufSchema::MaxBytes)));
    return false;
}

QByteArray ProtoFiles::contentOf(const QString &path, bool &isRead)
{
    QFile file(path);
    if (const Result<> opened = RegularFile::open(file); !opened) {
        tell(path, ProtoFilesWords::tr("It cannot be read: %1.").arg(opened.message()));
        return {};
    }
    // It may grow while it is read; memory is taken for what is there.
    const qint64 room = ProtobufSchema::MaxBytes - m_bytes;
    QByteArray bytes = file.read(std::min(room, file.size()) + 1);
    constexpr qint64 Piece = 64 * 1024;
    for (QByteArray more = file.read(Piece); !more.isEmpty() && bytes.size() <= room; more = file.read(Piece))
        bytes += more;
    if (bytes.size() > room) {
        static_cast<void>(hasRoom(bytes.size(), path));
        return {};
    }
    if (file.error() != QFileDevice::NoError) {
        tell(path, ProtoFilesWords::tr("It cannot be read: %1.").arg(file.errorString()));
        return {};
    }
    m_bytes += bytes.size();
    isRead = true;
    return bytes;
}

QString ProtoFiles::nameFor(const QString &wanted, const QString &path) const
{
    return m_names.contains(wanted) ? path : wanted;
}

void ProtoFiles::readText(const QString &path, const QString &canonical, const QString &name)
{
    if (!canonical.isEmpty() && m_nameOfPath.contains(canonical))
        return;
    if (const QString builtIn = builtInProto(name); !builtIn.isEmpty()) {
        m_nameOfPath.insert(canonical, builtIn);
        return;
    }
    if (!hasRoom(0, path))
        return;
    bool isRead = false;
    const QByteArray text = contentOf(path, isRead);
    if (!isRead)
        return;
    const QByteArray digest = QCryptographicHash::hash(text, QCryptographicHash::Sha256);
    // The same file lies in many folders where each has what it needs.
    if (const QString same = m_nameOfContent.value(digest); !same.isEmpty()) {
        m_nameOfPath.insert(canonical, same);
        m_pathsOfFileName[QFileInfo(canonical).fileName()] += canonical;
        return;
    }
    ProtoFile file;
    file.name = nameFor(name, canonical);
    file.shownName = QDir::toNativeSeparators(path);
    m_nameOfPath.insert(canonical, file.name);
    m_nameOfContent.insert(digest, file.name);
    m_pathOfName.insert(file.name, canonical);
    m_pathsOfFileName[QFileInfo(canonical).fileName()] += canonical;
    if (!readProtoText(text, file)) {
        file.proto.reset();
    }
    take(std::move(file));
}

void ProtoFiles::take(ProtoFile file)
{
    ++m_fileCount;
    m_names.insert(file.name, file.name);
    m_files.push_back(std::move(file));
}

void ProtoFiles::resolveImports()
{
    // Files that are read for being imported come at the end, and import others.
    for (size_t i = 0; i < m_files.size() && !m_token.isCancelled(); ++i) {
        QStringList imports = m_files[i].imports;
        for (QString &import : imports) {
            const QString name = resolve(import, m_files[i].name);
            if (!name.isEmpty())
                import = name;
        }
        m_files[i].imports = imports;
    }
}

QString ProtoFiles::resolve(const QString &import, const QString &importer)
{
    if (import.startsWith(QStringLiteral("google/protobuf/"))) {
        if (const QString builtIn = builtInProto(import); !builtIn.isEmpty())
            return builtIn;
    }
    const QString path = m_pathOfName.value(importer);
    // In a descriptor set names are whole.
    if (path.isEmpty() && m_names.contains(import))
        return import;
    if (!isImportName(import))
        return {};
    // The folder that the file is in comes first, then the others in their order.
    const auto isAround = [&](const Root &root) { return path.startsWith(root.folder + u'/'); };
    for (const bool around : {true, false}) {
        for (const Root &root : m_roots) {
            if (isAround(root) != around)
                continue;
            if (const QString name = resolveIn(root.folder, import); !name.isEmpty())
                return name;
        }
    }
    if (m_names.contains(import))
        return import;
    if (const QString name = nearest(import, path); !name.isEmpty())
        return name;
    // A single file was given: its imports count from a folder above it.
    const bool isSingle = !path.isEmpty() && std::ranges::none_of(m_roots, [&](const Root &root) {
        return root.isScanned && isAround(root);
    });
    QString folder = isSingle ? QFileInfo(path).path() : QString();
    for (int i = 0; isSingle && i < ProtoFoldersAbove; ++i) {
        if (const QString name = resolveIn(folder, import); !name.isEmpty())
            return name;
        const QString above = QFileInfo(folder).path();
        if (above == folder)
            break;
        folder = above;
    }
    return {};
}

QString ProtoFiles::resolveIn(const QString &folder, const QString &import)
{
    const QString path = folder + u'/' + import;
    const QString canonical = QFileInfo(path).canonicalFilePath();
    if (canonical.isEmpty())
        return {};
    // It was not read yet if a single file was given, or if its name does not end in .proto.
    if (!m_nameOfPath.contains(canonical))
        readText(path, canonical, import);
    return m_nameOfPath.value(canonical);
}

QString ProtoFiles::nearest(const QString &import, const QString &importer) const
{
    const QStringList paths = m_pathsOfFileName.value(import.section(u'/', -1));
    const QString ending = u'/' + import;
    QString best;
    qsizetype bestCommon = -1;
    for (const QString &path : paths) {
        const qsizetype common = commonFolders(path, importer);
        if (path.endsWith(ending) && common > bestCommon) {
            best = path;
            bestCommon = common;
        }
    }
    return best.isEmpty() ? QString() : m_nameOfPath.value(best);
}

} // namespace sockeye
