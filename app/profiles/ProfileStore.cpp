#include "profiles/ProfileStore.h"

#include "base/OwnerOnly.h"
#include "base/RegularFile.h"

#include <QCollator>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QSaveFile>
#include <QSet>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace sockeye {

namespace {

constexpr auto WatchPause = std::chrono::milliseconds(100);
constexpr qint64 MaxFileSize = 4 * 1024 * 1024;

QString suffix()
{
    return QStringLiteral(".json");
}

/// Names that Windows gives to devices, whatever their extension.
bool isDeviceName(const QString &slug)
{
    static constexpr std::array devices{u"con", u"prn", u"aux", u"nul"};
    if (std::any_of(devices.begin(), devices.end(), [&](const char16_t *name) { return slug == QStringView(name); }))
        return true;
    return slug.size() == 4 && slug[3].isDigit() && (slug.startsWith(u"com") || slug.startsWith(u"lpt"));
}

/// Lower-case letters a to z, digits and single hyphens only: safe on every file system and in every shell.
QString slugOf(const QString &name)
{
    constexpr qsizetype MaxLength = 60;
    QString slug;
    const QString decomposed = name.normalized(QString::NormalizationForm_KD).toLower();
    for (const QChar c : decomposed) {
        const bool plain = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        if (plain)
            slug += c;
        else if (!c.isMark() && !slug.isEmpty() && !slug.endsWith(u'-'))
            slug += u'-';
    }
    slug.truncate(MaxLength);
    while (slug.endsWith(u'-'))
        slug.chop(1);
    if (slug.isEmpty())
        return QStringLiteral("profile");
    return isDeviceName(slug) ? QStringLiteral("profile-") + slug : slug;
}

Result<Profile> readProfile(const QString &path)
{
    QFile file(path);
    if (const Result<> opened = RegularFile::open(file); !opened)
        return Error{ProfileStore::tr("%1 cannot be read: %2.").arg(QDir::toNativeSeparators(path), opened.message())};
    const auto notAProfile = [&path](const QString &reason) {
        return Error{ProfileStore::tr("%1 is not a profile: %2. The file was left as it is.")
                         .arg(QDir::toNativeSeparators(path), reason)};
    };
    if (file.size() > MaxFileSize)
        return notAProfile(ProfileStore::tr("it is larger than 4 MB"));
    auto profile = profileFromJson(file.readAll());
    if (!profile)
        return notAProfile(profile.message());
    profile->id = QFileInfo(path).completeBaseName();
    if (profile->name.isEmpty())
        profile->name = profile->id;
    return profile;
}

/// A file that someone has edited since it was read may hold work that is not yet valid JSON: it is not ours to
/// replace.
Result<> checkReplaceable(const QString &path)
{
    if (!QFileInfo::exists(path))
        return {};
    if (auto onDisk = readProfile(path); !onDisk)
        return onDisk.error();
    return {};
}

QCollator makeCollator()
{
    // In the C locale a QCollator compares bytes and takes no notice of case and numbers.
    QLocale locale;
    if (locale.language() == QLocale::C)
        locale = QLocale(QLocale::English);
    QCollator collator(locale);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    collator.setNumericMode(true);
    return collator;
}

} // namespace

ProfileStore::ProfileStore(const QString &directory, QObject *parent)
    : QObject(parent)
    , m_directory(directory)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(WatchPause);
    connect(&m_pause, &QTimer::timeout, this, &ProfileStore::load);
    const auto noteChange = [this] { m_pause.start(); };
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_pause, noteChange);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_pause, noteChange);
    load();
}

void ProfileStore::load()
{
    const QList<Profile> profilesBefore = std::exchange(m_profiles, {});
    const QList<Problem> problemsBefore = std::exchange(m_problems, {});
    const QFileInfo directory(m_directory);
    if (directory.exists() && !(directory.isDir() && directory.isReadable() && directory.isExecutable())) {
        m_problems.append({m_directory, tr("The profiles in %1 cannot be read: it is not a folder that you may read.")
                                            .arg(QDir::toNativeSeparators(m_directory))});
    }
    // System: pipes, devices and broken links, too, which are refused in words.
    const QDir::Filters filters = QDir::Files | QDir::System | QDir::CaseSensitive;
    const QFileInfoList files = QDir(m_directory).entryInfoList({u'*' + suffix()}, filters);
    for (const QFileInfo &file : files) {
        auto profile = readProfile(file.filePath());
        if (profile)
            m_profiles.append(std::move(profile).value());
        else
            m_problems.append({file.filePath(), profile.message()});
    }
    sortProfiles();
    watch();
    // A view that is told would end what is being typed there.
    if (m_profiles != profilesBefore || m_problems != problemsBefore)
        Q_EMIT changed();
}

/// The folder tells of files that come, go and are replaced, as ours are; the files of what is written into them.
void ProfileStore::watch()
{
    const QStringList watched = m_watcher.directories() + m_watcher.files();
    QStringList wanted{m_directory};
    for (const Profile &profile : std::as_const(m_profiles))
        wanted += filePath(profile.id);
    for (const QString &path : std::as_const(wanted)) {
        if (!watched.contains(path) && QFileInfo::exists(path))
            m_watcher.addPath(path);
    }
}

const Profile *ProfileStore::find(const QString &id) const
{
    const auto it =
        std::find_if(m_profiles.begin(), m_profiles.end(), [&](const Profile &profile) { return profile.id == id; });
    return it == m_profiles.end() ? nullptr : &*it;
}

const Profile *ProfileStore::findByName(const QString &name) const
{
    const auto it = std::find_if(m_profiles.begin(), m_profiles.end(),
                                 [&](const Profile &profile) { return profile.name == name; });
    return it == m_profiles.end() ? find(name) : &*it;
}

Result<QString> ProfileStore::add(Profile profile)
{
    if (profile.name.trimmed().isEmpty())
        return Error{tr("The profile has no name. Give it one.")};
    profile.id = freshId(profile.name);
    if (auto written = write(profile); !written)
        return written.error();
    m_profiles.append(profile);
    sortProfiles();
    Q_EMIT changed();
    return profile.id;
}

Result<> ProfileStore::update(const Profile &profile)
{
    const auto it = std::find_if(m_profiles.begin(), m_profiles.end(),
                                 [&](const Profile &known) { return known.id == profile.id; });
    if (it == m_profiles.end())
        return Error{tr("There is no profile “%1” any more. Save it as a new one.").arg(profile.name)};
    if (profile.name.trimmed().isEmpty())
        return Error{tr("The profile has no name. Give it one.")};
    if (auto checked = checkReplaceable(filePath(profile.id)); !checked)
        return checked;
    if (auto written = write(profile); !written)
        return written;
    *it = profile;
    sortProfiles();
    Q_EMIT changed();
    return {};
}

Result<> ProfileStore::rename(const QString &id, const QString &name)
{
    const Profile *known = find(id);
    if (!known)
        return Error{tr("There is no profile “%1” any more.").arg(id)};
    Profile renamed = *known;
    renamed.name = name.trimmed();
    return update(renamed);
}

Result<> ProfileStore::move(const QString &id, const QString &folder)
{
    const Profile *known = find(id);
    if (!known)
        return Error{tr("There is no profile “%1” any more.").arg(id)};
    Profile moved = *known;
    moved.folder = folderPath(folder);
    return update(moved);
}

Result<> ProfileStore::renameFolder(const QString &from, const QString &to)
{
    const QString before = folderPath(from);
    const QString after = folderPath(to);
    Result<> renamed;
    if (before.isEmpty() || after == before)
        return renamed;
    const auto isIn = [](const Profile &profile, const QString &parent) {
        const QString folder = folderPath(profile.folder);
        return folder == parent || folder.startsWith(parent + u'/');
    };
    const auto isThere = [&](const Profile &profile) { return isIn(profile, after) && !isIn(profile, before); };
    // What the two hold could not be told apart again.
    if (!after.isEmpty() && std::any_of(m_profiles.cbegin(), m_profiles.cend(), isThere)) {
        return Error{
            tr("There is a folder “%1” already. Choose another name, or move the folder's profiles there.").arg(after)};
    }
    for (Profile &profile : m_profiles) {
        if (!isIn(profile, before))
            continue;
        const QString folder = folderPath(profile.folder);
        Profile moved = profile;
        moved.folder = folderPath(after + folder.sliced(before.size()));
        Result<> written = checkReplaceable(filePath(moved.id));
        if (written)
            written = write(moved);
        if (written)
            profile = moved;
        else
            renamed = written;
    }
    sortProfiles();
    Q_EMIT changed();
    return renamed;
}

Result<QString> ProfileStore::duplicate(const QString &id)
{
    const Profile *known = find(id);
    if (!known)
        return Error{tr("There is no profile “%1” any more.").arg(id)};
    Profile copy = *known;
    const QString name = tr("%1 copy").arg(known->name);
    copy.name = name;
    const auto isTaken = [&](const Profile &other) { return other.name == copy.name && other.folder == copy.folder; };
    for (int n = 2; std::any_of(m_profiles.begin(), m_profiles.end(), isTaken); ++n)
        copy.name = QStringLiteral("%1 %2").arg(name, QString::number(n));
    return add(copy);
}

Result<> ProfileStore::remove(const QString &id)
{
    const Profile *known = find(id);
    if (!known)
        return Error{tr("There is no profile “%1” any more.").arg(id)};
    if (auto checked = checkReplaceable(filePath(id)); !checked)
        return checked;
    QFile file(filePath(id));
    if (file.exists() && !file.remove()) {
        return Error{tr("The profile “%1” could not be deleted (%2): %3. Check that you may write to the folder.")
                         .arg(known->name, QDir::toNativeSeparators(filePath(id)), file.errorString())};
    }
    m_profiles.removeIf([&id](const Profile &profile) { return profile.id == id; });
    Q_EMIT changed();
    return {};
}

QString ProfileStore::filePath(const QString &id) const
{
    return QDir(m_directory).filePath(id + suffix());
}

QString ProfileStore::freshId(const QString &name) const
{
    // What is on disk counts, not what was read from it: a broken file or another program's new one must not be
    // replaced.
    QSet<QString> taken;
    const QStringList onDisk = QDir(m_directory).entryList(QDir::AllEntries | QDir::Hidden | QDir::System);
    for (const QString &file : onDisk)
        taken.insert(file.toLower());
    for (const Profile &profile : m_profiles)
        taken.insert(profile.id.toLower() + suffix());

    const QString slug = slugOf(name);
    QString id = slug;
    for (int n = 2; taken.contains(id + suffix()); ++n)
        id = QStringLiteral("%1-%2").arg(slug, QString::number(n));
    return id;
}

Result<> ProfileStore::write(const Profile &profile)
{
    const QString path = filePath(profile.id);
    const auto failed = [&](const QString &reason) {
        return Error{
            tr("The profile “%1” could not be saved in %2: %3. Check that there is room and that you may write "
               "there; nothing was changed.")
                .arg(profile.name, QDir::toNativeSeparators(path), reason)};
    };
    if (!owneronly::makeFolder(m_directory))
        return failed(tr("the folder could not be made"));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failed(file.errorString());
    // Headers may hold tokens, and a key's passphrase may be new to a file that was open to others.
    file.setPermissions(owneronly::FilePermissions);
    file.write(toJson(profile));
    if (!file.commit())
        return failed(file.errorString());
    watch();
    return {};
}

void ProfileStore::sortProfiles()
{
    const QCollator collator = makeCollator();
    std::sort(m_profiles.begin(), m_profiles.end(), [&collator](const Profile &a, const Profile &b) {
        if (const int order = collator.compare(folderPath(a.folder), folderPath(b.folder)); order != 0)
            return order < 0;
        if (const int order = collator.compare(a.name, b.name); order != 0)
            return order < 0;
        return a.id < b.id;
    });
}

} // namespace sockeye
