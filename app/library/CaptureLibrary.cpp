#include "library/CaptureLibrary.h"

#include "base/OwnerOnly.h"
#include "capture/CaptureFile.h"
#include "capture/PayloadFile.h"
#include "endpoint/UrlText.h"
#include "secrets/SecretMasker.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <algorithm>

namespace sockeye {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MaxNameSize = 80;
/// Leaves room for the date, a number and SQLite's endings within the 255 bytes that file systems allow.
constexpr qsizetype MaxNameBytes = 200;

struct CaptureLibraryWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::CaptureLibrary)

public:
    static Error cannotMakeFolder(const QString &folder)
    {
        return Error{tr("The folder %1 for captures cannot be created. Check your rights to the folder above it.")
                         .arg(QDir::toNativeSeparators(folder))};
    }
    static Error cannotWriteFolder(const QString &folder)
    {
        return Error{tr("The folder %1 for captures cannot be written. Check your rights to it, and its disk.")
                         .arg(QDir::toNativeSeparators(folder))};
    }
    static Error inUse(const QString &path)
    {
        return Error{tr("%1 is being recorded or read. Close it first.").arg(QDir::toNativeSeparators(path))};
    }
    static Error cannotTrash(const QString &path)
    {
        return Error{tr("%1 cannot be moved to the trash: its disk has none, or you may not write there.")
                         .arg(QDir::toNativeSeparators(path))};
    }
    static Error noName() { return Error{tr("A capture needs a name. Type at least one letter or digit.")}; }
    static Error nameTaken(const QString &name)
    {
        return Error{tr("There is a capture named “%1” already. Choose another name.").arg(name)};
    }
    static Error cannotRename(const QString &path, const QString &reason)
    {
        return Error{tr("%1 cannot be renamed: %2. Check your rights to its folder.")
                         .arg(QDir::toNativeSeparators(path), reason)};
    }
    static Error cannotRemove(const QString &path, const QString &reason)
    {
        return Error{tr("%1 cannot be removed: %2. Check your rights to its folder.")
                         .arg(QDir::toNativeSeparators(path), reason)};
    }
};

/// Neither too long to be read nor, where letters take several bytes, for the file system.
void shorten(QString &name)
{
    name.truncate(MaxNameSize);
    while (name.toUtf8().size() > MaxNameBytes || (!name.isEmpty() && name.back().isHighSurrogate()))
        name.chop(1);
}

/// Host, port and path as they were typed, in characters that every file system takes. The query stays out: it often
/// holds a token, and so may a path.
QString nameFor(const QString &url)
{
    static const QRegularExpression Around(u"^[^/?#]*://|[?#].*$"_s, QRegularExpression::DotMatchesEverythingOption);
    QString name = withoutUserInfo(maskSecretsInUrl(url)).remove(Around);
    static const QRegularExpression Unsafe(u"[^\\p{L}\\p{N}.%-]+"_s);
    name.replace(Unsafe, u"_"_s);
    shorten(name);
    static const QRegularExpression Edges(u"^[_.]+|[_.]+$"_s);
    name.remove(Edges);
    return name.isEmpty() ? u"capture"_s : name;
}

bool isFree(const QString &path)
{
    const QStringList companions = CaptureFile::companions(path);
    return !QFileInfo::exists(path) && std::none_of(companions.cbegin(), companions.cend(),
                                                    [](const QString &file) { return QFileInfo::exists(file); });
}

/// "2026-11-22 152000 localhost_9001_echo" to "localhost:9001/echo"; a name of another form stays.
QString titleFor(const QString &baseName, bool *isNamed)
{
    static const QRegularExpression Form(u"^\\d{4}-\\d{2}-\\d{2} \\d{6} ([^_]+)(?:_(\\d{1,5})(?=_|$| ))?(.*)$"_s);
    const QRegularExpressionMatch match = Form.match(baseName);
    *isNamed = !match.hasMatch();
    if (!match.hasMatch())
        return baseName;
    const QString port = match.captured(2);
    QString path = match.captured(3);
    return match.captured(1) + (port.isEmpty() ? QString() : u':' + port) + path.replace(u'_', u'/');
}

/// The user's name in characters that every file system takes.
QString fileNameFor(const QString &name)
{
    static const QRegularExpression Unsafe(u"[\\x00-\\x1f/\\\\:*?\"<>|]+"_s);
    static const QRegularExpression Edges(u"^[. ]+|[. ]+$"_s);
    QString safe = name.trimmed().replace(Unsafe, u"-"_s).remove(Edges);
    shorten(safe);
    return safe.contains(QRegularExpression(u"[\\p{L}\\p{N}]"_s)) ? safe : QString();
}

/// One file that nobody is on.
Result<> settle(const QString &path)
{
    return CaptureFile::closeForm(path) == CaptureFile::Closing::InUse ? Result<>(CaptureLibraryWords::inUse(path))
                                                                       : Result<>();
}

CaptureLibrary::Item itemOf(const QFileInfo &file)
{
    CaptureLibrary::Item item;
    item.path = file.absoluteFilePath();
    item.title = titleFor(file.completeBaseName(), &item.isNamed);
    item.modified = file.lastModified();
    // What it will be when it is closed: the WAL holds pages that the file has as well, and is soon carried home.
    item.fileSize = file.size() + PayloadFile::sizeFor(item.path);
    // What is recorded now stands in the WAL at first.
    if (const QFileInfo wal(item.path + u"-wal"_s); wal.exists())
        item.modified = std::max(item.modified, wal.lastModified());
    return item;
}

} // namespace

CaptureLibrary::CaptureLibrary(QString directory)
    : m_directory(std::move(directory))
{
}

Result<QString> CaptureLibrary::newPath(const QString &url, const QDateTime &now) const
{
    if (!owneronly::makeFolder(m_directory))
        return CaptureLibraryWords::cannotMakeFolder(m_directory);
    if (!QFileInfo(m_directory).isWritable())
        return CaptureLibraryWords::cannotWriteFolder(m_directory);
    const QString base = u"%1/%2 %3"_s.arg(m_directory, now.toString(u"yyyy-MM-dd HHmmss"_s), nameFor(url));
    QString path = base + u".sockeye"_s;
    for (int number = 2; m_given.contains(path) || !isFree(path); ++number)
        path = u"%1 (%2).sockeye"_s.arg(base).arg(number);
    m_given.insert(path);
    return path;
}

Result<QString> CaptureLibrary::newTemporaryPath(const QString &url, const QDateTime &now)
{
    QTemporaryDir folder(QDir::tempPath() + u"/sockeye-XXXXXX"_s);
    if (!folder.isValid())
        return CaptureLibraryWords::cannotMakeFolder(QDir::tempPath());
    folder.setAutoRemove(false);
    return CaptureLibrary(folder.path()).newPath(url, now);
}

QList<CaptureLibrary::Item> CaptureLibrary::items() const
{
    QList<Item> items;
    const QFileInfoList files =
        QDir(m_directory).entryInfoList({u"*.sockeye"_s}, QDir::Files | QDir::Readable, QDir::Time);
    for (const QFileInfo &file : files)
        items.append(itemOf(file));
    std::stable_sort(items.begin(), items.end(), [](const Item &a, const Item &b) { return a.modified > b.modified; });
    return items;
}

Result<> CaptureLibrary::remove(const QString &path) const
{
    QFile file(path);
    if (file.exists() && !file.remove())
        return CaptureLibraryWords::cannotRemove(path, file.errorString());
    for (const QString &companion : CaptureFile::companions(path))
        QFile::remove(companion);
    return {};
}

Result<> CaptureLibrary::moveToTrash(const QString &path)
{
    if (const Result<> settled = settle(path); !settled)
        return settled;
    // Where there was no room to bring its payloads in, they go along: one cannot be read without the other.
    const QString payloads = PayloadFile::pathFor(path);
    if ((QFileInfo::exists(payloads) && !QFile::moveToTrash(payloads)) || !QFile::moveToTrash(path))
        return CaptureLibraryWords::cannotTrash(path);
    for (const QString &companion : CaptureFile::companions(path))
        QFile::remove(companion);
    return {};
}

Result<QString> CaptureLibrary::rename(const QString &path, const QString &name)
{
    const QString safe = fileNameFor(name);
    if (safe.isEmpty())
        return CaptureLibraryWords::noName();
    const QString target = QFileInfo(path).dir().filePath(safe + u".sockeye"_s);
    if (target == path)
        return path;
    if (!isFree(target))
        return CaptureLibraryWords::nameTaken(safe);
    if (const Result<> settled = settle(path); !settled)
        return settled.error();
    QFile file(path);
    if (!file.rename(target))
        return CaptureLibraryWords::cannotRename(path, file.errorString());
    // Where there was no room to bring its payloads in.
    QFile::rename(PayloadFile::pathFor(path), PayloadFile::pathFor(target));
    return target;
}

} // namespace sockeye
