#include "profiles/ProfileStore.h"

#include "support/TestProgram.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestProfileStore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void startsEmptyWithoutItsFolder();
    void addsAndReadsBack();
    void idsAreSafeNames_data();
    void idsAreSafeNames();
    void idsNeverCollide();
    void sortsAsPeopleDo();
    void findsByNameThenId();
    void updates();
    void keepsWhatItDoesNotKnow();
    void renames();
    void renamesFoldersInOneGo();
    void duplicates();
    void removes();
    void reportsBrokenFilesAndLeavesThem();
    void refusesWhatIsNoFile();
    void doesNotReplaceAFileThatBrokeMeanwhile();
    void takesInAnotherProgramsWork();
    void hearsOfOthers();
    void failedWritesChangeNothing();
    void withoutTheRightToWriteNothingChanges();
    void unreadableFolderIsAProblem();
    void filesAreForTheOwnerOnly();

private:
    [[nodiscard]] static Profile profile(const QString &name, const QString &folder = {});
    [[nodiscard]] QString file(const QString &name) const { return m_dir->filePath(name); }
    [[nodiscard]] QByteArray contents(const QString &name) const;
    void writeFile(const QString &name, const QByteArray &bytes) const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestProfileStore::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

Profile TestProfileStore::profile(const QString &name, const QString &folder)
{
    Profile profile;
    profile.name = name;
    profile.folder = folder;
    profile.endpoint.url = u"ws://localhost:9001/"_s;
    return profile;
}

QByteArray TestProfileStore::contents(const QString &name) const
{
    QFile in(file(name));
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("cannot be read");
}

void TestProfileStore::writeFile(const QString &name, const QByteArray &bytes) const
{
    QFile out(file(name));
    QVERIFY(out.open(QIODevice::WriteOnly));
    QCOMPARE(out.write(bytes), bytes.size());
}

void TestProfileStore::startsEmptyWithoutItsFolder()
{
    ProfileStore store(file(u"not/yet"_s));
    QVERIFY(store.profiles().isEmpty());
    QVERIFY(store.problems().isEmpty());
    QVERIFY(!QFile::exists(file(u"not"_s)));
    QVERIFY(store.add(profile(u"a"_s)).ok());
    QVERIFY(QFile::exists(file(u"not/yet/a.json"_s)));
}

void TestProfileStore::addsAndReadsBack()
{
    ProfileStore store(m_dir->path());
    QSignalSpy changed(&store, &ProfileStore::changed);
    const auto id = store.add(profile(u"My Ticker"_s, u"staging"_s));
    QVERIFY2(id.ok(), qPrintable(id.message()));
    QCOMPARE(id.value(), u"my-ticker"_s);
    QCOMPARE(changed.count(), 1);

    const ProfileStore again(m_dir->path());
    QCOMPARE(again.profiles(), store.profiles());
    QCOMPARE(again.profiles().size(), 1);
    QCOMPARE(again.profiles().first().id, u"my-ticker"_s);
    QCOMPARE(again.profiles().first().folder, u"staging"_s);
    QVERIFY(!store.add(profile(u"  "_s)).ok());
    QCOMPARE(changed.count(), 1);
}

void TestProfileStore::idsAreSafeNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");

    QTest::newRow("plain") << u"ticker"_s << u"ticker"_s;
    QTest::newRow("case and spaces") << u"  My  Ticker "_s << u"my-ticker"_s;
    QTest::newRow("accents") << u"Zürich Café"_s << u"zurich-cafe"_s;
    QTest::newRow("path") << u"../../etc/passwd"_s << u"etc-passwd"_s;
    QTest::newRow("reserved characters") << u"a<b>:\"c|d?*"_s << u"a-b-c-d"_s;
    QTest::newRow("dots") << u"..."_s << u"profile"_s;
    QTest::newRow("another script") << u"профиль"_s << u"profile"_s;
    QTest::newRow("con") << u"CON"_s << u"profile-con"_s;
    QTest::newRow("nul with extension") << u"nul.txt"_s << u"nul-txt"_s;
    QTest::newRow("com1") << u"com1"_s << u"profile-com1"_s;
    QTest::newRow("lpt superscript") << u"LPT²"_s << u"profile-lpt2"_s;
    QTest::newRow("come") << u"come"_s << u"come"_s;
    QTest::newRow("long") << QString(300, u'a') << QString(60, u'a');
    QTest::newRow("hyphen at the cut") << (QString(59, u'a') + u" b"_s) << QString(59, u'a');
}

void TestProfileStore::idsAreSafeNames()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    ProfileStore store(m_dir->path());
    const auto added = store.add(profile(name));
    QVERIFY2(added.ok(), qPrintable(added.message()));
    QCOMPARE(added.value(), id);
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files), QStringList{id + u".json"_s});
}

void TestProfileStore::idsNeverCollide()
{
    writeFile(u"Ticker.JSON"_s, "not a profile");
    writeFile(u"ticker-2.json"_s, "{ broken");
    ProfileStore store(m_dir->path());
    const auto first = store.add(profile(u"ticker"_s));
    QVERIFY2(first.ok(), qPrintable(first.message()));
    QCOMPARE(first.value(), u"ticker-3"_s);
    const auto second = store.add(profile(u"TICKER"_s));
    QVERIFY2(second.ok(), qPrintable(second.message()));
    QCOMPARE(second.value(), u"ticker-4"_s);
    QCOMPARE(contents(u"Ticker.JSON"_s), QByteArray("not a profile"));
    QCOMPARE(contents(u"ticker-2.json"_s), QByteArray("{ broken"));
}

void TestProfileStore::sortsAsPeopleDo()
{
    ProfileStore store(m_dir->path());
    for (const QString &name : {u"node 10"_s, u"Node 9"_s, u"node 1"_s})
        QVERIFY(store.add(profile(name)).ok());
    QVERIFY(store.add(profile(u"a"_s, u"staging"_s)).ok());
    QVERIFY(store.add(profile(u"z"_s, u"Prod"_s)).ok());
    QStringList names;
    for (const Profile &known : store.profiles())
        names += known.folder + u'/' + known.name;
    QCOMPARE(names, QStringList({u"/node 1"_s, u"/Node 9"_s, u"/node 10"_s, u"Prod/z"_s, u"staging/a"_s}));
}

void TestProfileStore::findsByNameThenId()
{
    ProfileStore store(m_dir->path());
    QVERIFY(store.add(profile(u"My Ticker"_s)).ok());
    QVERIFY(store.find(u"my-ticker"_s));
    QVERIFY(!store.find(u"My Ticker"_s));
    QCOMPARE(store.findByName(u"My Ticker"_s), store.find(u"my-ticker"_s));
    QCOMPARE(store.findByName(u"my-ticker"_s), store.find(u"my-ticker"_s));
    QVERIFY(!store.findByName(u"ticker"_s));
}

void TestProfileStore::updates()
{
    ProfileStore store(m_dir->path());
    const auto id = store.add(profile(u"a"_s));
    QVERIFY(id.ok());
    Profile changed = *store.find(id.value());
    changed.endpoint.url = u"wss://example.com"_s;
    QSignalSpy spy(&store, &ProfileStore::changed);
    QVERIFY(store.update(changed).ok());
    QCOMPARE(spy.count(), 1);
    QCOMPARE(store.find(u"a"_s)->endpoint.url, u"wss://example.com"_s);
    QCOMPARE(ProfileStore(m_dir->path()).find(u"a"_s)->endpoint.url, u"wss://example.com"_s);

    changed.id = u"never-there"_s;
    const auto failed = store.update(changed);
    QVERIFY(!failed.ok());
    QVERIFY(!QFile::exists(file(u"never-there.json"_s)));
}

void TestProfileStore::keepsWhatItDoesNotKnow()
{
    writeFile(u"a.json"_s, R"({"url": "ws://h", "note": "keep me"})");
    ProfileStore store(m_dir->path());
    QVERIFY(store.rename(u"a"_s, u"b"_s).ok());
    QVERIFY(contents(u"a.json"_s).contains("keep me"));
    QVERIFY(contents(u"a.json"_s).contains("\"name\": \"b\""));
}

void TestProfileStore::renamesFoldersInOneGo()
{
    ProfileStore store(m_dir->path());
    for (const QString &folder : {u"eu"_s, u"eu/west"_s, u"us"_s, u"europe"_s})
        QVERIFY(store.add(profile(u"in "_s + folder, folder)).ok());
    const auto folders = [&store] {
        QStringList all;
        for (const Profile &known : store.profiles())
            all += known.folder;
        return all;
    };
    QSignalSpy changed(&store, &ProfileStore::changed);
    QVERIFY(store.renameFolder(u"eu"_s, u"staging"_s).ok());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(folders(), (QStringList{u"europe"_s, u"staging"_s, u"staging/west"_s, u"us"_s}));
    // Two folders would become one that nobody could part again.
    for (const QString &taken : {u"us"_s, u" europe / "_s}) {
        const Result<> refused = store.renameFolder(u"staging"_s, taken);
        QVERIFY2(!refused.ok() && refused.message().contains(u"already"), qPrintable(taken));
    }
    QCOMPARE(changed.count(), 1);
    QVERIFY(store.renameFolder(u"us"_s, u"us"_s).ok());
    QVERIFY(store.renameFolder(u"staging"_s, u"staging/old"_s).ok());
    QCOMPARE(folders(), (QStringList{u"europe"_s, u"staging/old"_s, u"staging/old/west"_s, u"us"_s}));
    // A folder that holds nothing but the one that takes its name.
    QVERIFY(store.renameFolder(u"staging/old"_s, u"staging"_s).ok());
    QCOMPARE(folders(), (QStringList{u"europe"_s, u"staging"_s, u"staging/west"_s, u"us"_s}));
    QVERIFY(store.renameFolder(u"staging"_s, u"staging/old"_s).ok());
    QCOMPARE(ProfileStore(m_dir->path()).find(u"in-eu"_s)->folder, u"staging/old"_s);
}

void TestProfileStore::renames()
{
    ProfileStore store(m_dir->path());
    QVERIFY(store.add(profile(u"old"_s)).ok());
    QVERIFY(store.rename(u"old"_s, u" new name "_s).ok());
    QCOMPARE(store.find(u"old"_s)->name, u"new name"_s);
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files), QStringList{u"old.json"_s});
    QVERIFY(!store.rename(u"old"_s, u"  "_s).ok());
    QVERIFY(!store.rename(u"nobody"_s, u"x"_s).ok());
    QCOMPARE(ProfileStore(m_dir->path()).find(u"old"_s)->name, u"new name"_s);
}

void TestProfileStore::duplicates()
{
    writeFile(u"a.json"_s, R"({"url": "ws://h", "name": "a", "folder": "f", "note": "keep me"})");
    ProfileStore store(m_dir->path());
    const auto copy = store.duplicate(u"a"_s);
    QVERIFY2(copy.ok(), qPrintable(copy.message()));
    QCOMPARE(store.find(copy.value())->name, u"a copy"_s);
    QCOMPARE(store.find(copy.value())->folder, u"f"_s);
    QCOMPARE(store.find(copy.value())->unknown, store.find(u"a"_s)->unknown);
    const auto second = store.duplicate(u"a"_s);
    QVERIFY2(second.ok(), qPrintable(second.message()));
    QCOMPARE(store.find(second.value())->name, u"a copy 2"_s);
    QVERIFY(!store.duplicate(u"nobody"_s).ok());
    QCOMPARE(store.profiles().size(), 3);
}

void TestProfileStore::removes()
{
    ProfileStore store(m_dir->path());
    QVERIFY(store.add(profile(u"a"_s)).ok());
    QVERIFY(store.add(profile(u"b"_s)).ok());
    QVERIFY(store.remove(u"a"_s).ok());
    QVERIFY(!store.find(u"a"_s));
    QVERIFY(!QFile::exists(file(u"a.json"_s)));
    QVERIFY(!store.remove(u"a"_s).ok());
    // What another program has already removed is gone all the same.
    QVERIFY(QFile::remove(file(u"b.json"_s)));
    QVERIFY(store.remove(u"b"_s).ok());
    QVERIFY(store.profiles().isEmpty());
}

void TestProfileStore::reportsBrokenFilesAndLeavesThem()
{
    writeFile(u"broken.json"_s, "{ \"url\": ");
    writeFile(u"wrong.json"_s, R"({"url": 7})");
    writeFile(u"huge.json"_s, QByteArray(5 * 1024 * 1024, ' '));
    writeFile(u"notes.txt"_s, "not looked at");
    QVERIFY(QDir(m_dir->path()).mkdir(u"folder.json"_s));
    ProfileStore store(m_dir->path());
    QVERIFY(store.add(profile(u"good"_s)).ok());
    store.load();

    QCOMPARE(store.profiles().size(), 1);
    QCOMPARE(store.problems().size(), 3);
    for (const ProfileStore::Problem &problem : store.problems()) {
        QVERIFY2(problem.message.contains(u"is not a profile: "_s), qPrintable(problem.message));
        QVERIFY2(problem.message.endsWith(u"The file was left as it is."_s), qPrintable(problem.message));
        QVERIFY2(problem.message.contains(QDir::toNativeSeparators(problem.file)), qPrintable(problem.message));
    }
    QCOMPARE(contents(u"broken.json"_s), QByteArray("{ \"url\": "));
    QCOMPARE(contents(u"wrong.json"_s), QByteArray(R"({"url": 7})"));
}

/// A pipe would be waited for without end.
void TestProfileStore::refusesWhatIsNoFile()
{
#ifdef Q_OS_UNIX
    const QString pipe = file(u"pipe.json"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    QVERIFY(QFile::link(u"/dev/zero"_s, file(u"zero.json"_s)));
    const ProfileStore store(m_dir->path());
    QVERIFY(store.profiles().isEmpty());
    QCOMPARE(store.problems().size(), 2);
    QVERIFY(store.problems().at(0).message.contains(u"pipe.json cannot be read: it is a pipe"_s));
    QVERIFY(store.problems().at(1).message.contains(u"zero.json cannot be read: it is a device"_s));
#else
    QSKIP("There are no such files here");
#endif
}

void TestProfileStore::doesNotReplaceAFileThatBrokeMeanwhile()
{
    ProfileStore store(m_dir->path());
    QVERIFY(store.add(profile(u"a"_s)).ok());
    writeFile(u"a.json"_s, "{ half an edit");
    const auto renamed = store.rename(u"a"_s, u"b"_s);
    QVERIFY(!renamed.ok());
    QVERIFY2(renamed.message().contains(u"is not a profile"_s), qPrintable(renamed.message()));
    QVERIFY(!store.remove(u"a"_s).ok());
    QCOMPARE(contents(u"a.json"_s), QByteArray("{ half an edit"));
    QCOMPARE(store.find(u"a"_s)->name, u"a"_s);
}

void TestProfileStore::takesInAnotherProgramsWork()
{
    ProfileStore mine(m_dir->path());
    ProfileStore theirs(m_dir->path());
    QVERIFY(theirs.add(profile(u"a"_s)).ok());
    // Not yet read, and still not overwritten.
    const auto added = mine.add(profile(u"a"_s));
    QVERIFY2(added.ok(), qPrintable(added.message()));
    QCOMPARE(added.value(), u"a-2"_s);
    QVERIFY(!mine.find(u"a"_s));
    mine.load();
    QVERIFY(mine.find(u"a"_s));
    QCOMPARE(mine.profiles().size(), 2);
}

void TestProfileStore::hearsOfOthers()
{
    ProfileStore mine(m_dir->path());
    ProfileStore theirs(m_dir->path());
    QVERIFY(theirs.add(profile(u"a"_s)).ok());
    QTRY_VERIFY(mine.find(u"a"_s));
    Profile changed = *theirs.find(u"a"_s);
    changed.endpoint.url = u"wss://example.com/"_s;
    QVERIFY(theirs.update(changed).ok());
    QTRY_COMPARE(mine.find(u"a"_s)->endpoint.url, u"wss://example.com/"_s);
    // Written in place, as some editors do.
    writeFile(u"a.json"_s, toJson(profile(u"b"_s)));
    QTRY_COMPARE(mine.find(u"a"_s)->name, u"b"_s);
    QVERIFY(mine.remove(u"a"_s).ok());
    QTRY_VERIFY(!theirs.find(u"a"_s));
    // Nobody is told of what is known.
    QSignalSpy spy(&mine, &ProfileStore::changed);
    mine.load();
    QCOMPARE(spy.count(), 0);
}

void TestProfileStore::failedWritesChangeNothing()
{
    const QString directory = file(u"profiles"_s);
    ProfileStore store(directory);
    QVERIFY(store.add(profile(u"a"_s)).ok());
    const QList<Profile> profiles = store.profiles();
    const QByteArray before = contents(u"profiles/a.json"_s);
    // The folder is away, as a network drive may be, and a file stands in its place.
    QVERIFY(QDir(m_dir->path()).rename(u"profiles"_s, u"away"_s));
    writeFile(u"profiles"_s, "in the way");
    QSignalSpy changed(&store, &ProfileStore::changed);

    const auto added = store.add(profile(u"b"_s));
    QVERIFY(!added.ok());
    QVERIFY2(added.message().contains(u"The profile “b” could not be saved in"_s), qPrintable(added.message()));
    QVERIFY(!store.rename(u"a"_s, u"c"_s).ok());
    QVERIFY(!store.duplicate(u"a"_s).ok());
    QCOMPARE(changed.count(), 0);
    QCOMPARE(store.profiles(), profiles);
    QCOMPARE(contents(u"profiles"_s), QByteArray("in the way"));
    QCOMPARE(contents(u"away/a.json"_s), before);
}

void TestProfileStore::withoutTheRightToWriteNothingChanges()
{
#ifdef Q_OS_UNIX
    if (::geteuid() == 0)
        QSKIP("root may write everywhere");
#endif
    ProfileStore store(m_dir->path());
    QVERIFY(store.add(profile(u"a"_s)).ok());
    const QByteArray before = contents(u"a.json"_s);
    const QList<Profile> profiles = store.profiles();
    QVERIFY(QFile::setPermissions(m_dir->path(), QFile::ReadOwner | QFile::ExeOwner));
    QSignalSpy changed(&store, &ProfileStore::changed);

    const auto added = store.add(profile(u"b"_s));
    const auto renamed = store.rename(u"a"_s, u"c"_s);
    const auto removed = store.remove(u"a"_s);
    QVERIFY(QFile::setPermissions(m_dir->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));

    QVERIFY(!added.ok());
    QVERIFY2(added.message().contains(u"could not be saved in"_s), qPrintable(added.message()));
    QVERIFY(!renamed.ok());
    QVERIFY(!removed.ok());
    QVERIFY2(removed.message().contains(u"could not be deleted"_s), qPrintable(removed.message()));
    QCOMPARE(changed.count(), 0);
    QCOMPARE(store.profiles(), profiles);
    QCOMPARE(contents(u"a.json"_s), before);
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"a.json"_s});
}

void TestProfileStore::unreadableFolderIsAProblem()
{
    writeFile(u"file"_s, "not a folder");
    ProfileStore store(file(u"file"_s));
    QCOMPARE(store.problems().size(), 1);
    const auto added = store.add(profile(u"a"_s));
    QVERIFY(!added.ok());
    QVERIFY(store.profiles().isEmpty());
    QCOMPARE(contents(u"file"_s), QByteArray("not a folder"));
}

void TestProfileStore::filesAreForTheOwnerOnly()
{
#ifdef Q_OS_UNIX
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    ProfileStore store(m_dir->path());
    QVERIFY(store.add(profile(u"a"_s)).ok());
    QCOMPARE(QFile::permissions(file(u"a.json"_s)) & others, QFile::Permissions());
    QVERIFY(QFile::setPermissions(file(u"a.json"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
    QVERIFY(store.rename(u"a"_s, u"b"_s).ok());
    QCOMPARE(QFile::permissions(file(u"a.json"_s)) & others, QFile::Permissions());
#else
    QSKIP("permissions are inherited from the folder here");
#endif
}

SOCKEYE_TEST(TestProfileStore, QCoreApplication)
#include "tst_profile_store.moc"
