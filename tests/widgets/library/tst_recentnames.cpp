#include "support/TestProgram.h"
#include "widgets/library/RecentNames.h"

#include <QLocale>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class RecentNamesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void onlyThoseOfOneTitleShowTimeAndCount()
    {
        const QList<RecentCapture> captures{capture(u"ticks"_s, m_now.addSecs(-60 * 60), 41'200),
                                            capture(u"books"_s, m_now.addSecs(-2 * 60 * 60), 7),
                                            capture(u"ticks"_s, m_now.addDays(-2), 12)};
        QCOMPARE(texts(captures), QStringList({u"41,200 · 09:12"_s, u"2 h"_s, u"12 · 24 Nov 10:12"_s}));
    }

    void thoseOfOneMinuteShowSeconds()
    {
        const QList<RecentCapture> captures{capture(u"ticks"_s, m_now.addSecs(-1), 1),
                                            capture(u"ticks"_s, m_now.addSecs(-2), 2),
                                            capture(u"ticks"_s, m_now.addSecs(-3600), 3)};
        QCOMPARE(texts(captures), QStringList({u"1 · 10:12:29"_s, u"2 · 10:12:28"_s, u"3 · 09:12"_s}));
    }

    void whatIsNotKnownIsNotSaid()
    {
        RecentCapture unread = capture(u"ticks"_s, m_now.addSecs(-1), 1);
        unread.summary.reset();
        RecentCapture broken = capture(u"ticks"_s, m_now.addSecs(-120), 0);
        broken.summary->problem = u"not a capture"_s;
        QCOMPARE(texts({unread, broken}), QStringList({u"10:12"_s, u"10:10"_s}));
    }

    /// Whether or not they have been read yet.
    void titlesOfAMenuTellThemApart()
    {
        RecentCapture unread = capture(u"ticks"_s, m_now.addSecs(-120), 1);
        unread.summary.reset();
        const QList<RecentCapture> captures{capture(u"ticks"_s, m_now.addSecs(-1), 1), unread,
                                            capture(u"ticks"_s, m_now.addSecs(-3600), 41'200),
                                            capture(u"books"_s, m_now, 3)};
        const QList<RecentName> names = recentNames(captures, m_now);
        QStringList titles;
        for (qsizetype i = 0; i < captures.size(); ++i)
            titles += names.at(i).titled(captures.at(i).item.title);
        QCOMPARE(titles, (QStringList{u"ticks (10:12, 1 entry)"_s, u"ticks (10:10)"_s,
                                      u"ticks (09:12, 41,200 entries)"_s, u"books"_s}));
    }

private:
    [[nodiscard]] static RecentCapture capture(const QString &title, const QDateTime &modified, qint64 entries)
    {
        RecentCapture capture;
        capture.item.title = title;
        capture.item.modified = modified;
        capture.summary.emplace();
        capture.summary->entries = entries;
        return capture;
    }

    [[nodiscard]] QStringList texts(const QList<RecentCapture> &captures) const
    {
        QStringList texts;
        for (const RecentName &name : recentNames(captures, m_now))
            texts += name.text();
        return texts;
    }

    const QDateTime m_now{QDate(2026, 11, 26), QTime(10, 12, 30)};
};

SOCKEYE_TEST(RecentNamesTest, NoApplication)
#include "tst_recentnames.moc"
