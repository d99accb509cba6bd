#include "base/OwnerOnly.h"

#include "support/TestProgram.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestOwnerOnly final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void makesFolders();
    void refusesWhatIsNoFolder();
    void opensOnlyWhatIsNew();
    void narrows();
    void preparesFilesForOthers();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] int mode(const QString &name) const
    {
#ifdef Q_OS_UNIX
        struct stat facts
        {
        };
        return stat(QFile::encodeName(path(name)).constData(), &facts) == 0 ? facts.st_mode & 07777 : -1;
#else
        Q_UNUSED(name)
        return -1;
#endif
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    int m_umask = 0;
};

void TestOwnerOnly::init()
{
#ifdef Q_OS_UNIX
    // The most open umask there is.
    m_umask = static_cast<int>(::umask(0));
#else
    QSKIP("Modes exist on Unix.");
#endif
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestOwnerOnly::cleanup()
{
#ifdef Q_OS_UNIX
    ::umask(static_cast<mode_t>(m_umask));
#endif
}

void TestOwnerOnly::makesFolders()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"there"_s));
    QCOMPARE(mode(u"there"_s), 0777);
    QVERIFY(owneronly::makeFolder(path(u"there/a/b//c/"_s)));
    for (const QString &made : {u"there/a"_s, u"there/a/b"_s, u"there/a/b/c"_s})
        QCOMPARE(mode(made), 0700);
    QCOMPARE(mode(u"there"_s), 0777);
    QVERIFY(owneronly::makeFolder(path(u"there"_s)));
    QCOMPARE(mode(u"there"_s), 0777);
}

void TestOwnerOnly::refusesWhatIsNoFolder()
{
    QFile file(path(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(!owneronly::makeFolder(path(u"file"_s)));
    QVERIFY(!owneronly::makeFolder(path(u"file/a"_s)));
}

void TestOwnerOnly::opensOnlyWhatIsNew()
{
    QFile file(path(u"new"_s));
    QVERIFY(owneronly::openNew(file));
    QCOMPARE(mode(u"new"_s), 0600);
    QFile again(path(u"new"_s));
    QVERIFY(!owneronly::openNew(again));
}

void TestOwnerOnly::narrows()
{
    QFile file(path(u"open"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(mode(u"open"_s), 0666);
    owneronly::narrow(path(u"open"_s));
    QCOMPARE(mode(u"open"_s), 0600);
    owneronly::narrow(path(u"missing"_s));
    QVERIFY(!QFileInfo::exists(path(u"missing"_s)));
}

void TestOwnerOnly::preparesFilesForOthers()
{
    owneronly::prepareFile(path(u"a/settings.ini"_s));
    QCOMPARE(mode(u"a/settings.ini"_s), 0600);
    {
        QSettings settings(path(u"a/settings.ini"_s), QSettings::IniFormat);
        settings.setValue(u"key"_s, 1);
    }
    QCOMPARE(mode(u"a/settings.ini"_s), 0600);
    QCOMPARE(QSettings(path(u"a/settings.ini"_s), QSettings::IniFormat).value(u"key"_s).toInt(), 1);
    QVERIFY(QFile::setPermissions(path(u"a/settings.ini"_s), QFileDevice::Permissions(0x6644)));
    owneronly::prepareFile(path(u"a/settings.ini"_s));
    QCOMPARE(mode(u"a/settings.ini"_s), 0600);
    QCOMPARE(QSettings(path(u"a/settings.ini"_s), QSettings::IniFormat).value(u"key"_s).toInt(), 1);
}

SOCKEYE_TEST(TestOwnerOnly, QCoreApplication)
#include "tst_owneronly.moc"
