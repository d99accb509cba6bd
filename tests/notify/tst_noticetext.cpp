#include "notify/NoticeText.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Notice matched(const QString &text, qint64 count = 1, Nanoseconds at = 0s)
{
    return {Notice::Kind::Matched, WatchedId(1), u"feed"_s, count, Timestamp(at), EntryId(7), text};
}

Entry textEntry(const QByteArray &payload, Direction direction = Direction::In)
{
    Entry entry;
    entry.direction = direction;
    entry.kind = EntryKind::Text;
    entry.head = payload.left(Entry::HeadSize);
    entry.size = payload.size();
    return entry;
}

QString bodyOf(const QList<Notice> &notices, Nanoseconds now = 0s)
{
    return NoticeText::of(notices, Timestamp(now)).body;
}

} // namespace

class NoticeTextTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneConnectionIsTheTitle()
    {
        const NoticeText text = NoticeText::of({matched(u"hello"_s)}, Timestamp(0s));
        QCOMPARE(text.title, u"feed"_s);
        QCOMPARE(text.body, u"An entry matched: hello"_s);
    }

    void manyAreCounted()
    {
        QCOMPARE(bodyOf({matched(u"hello"_s, 12, 1s)}, 5'500ms), u"12 entries matched in 5 s. The first: hello"_s);
        QCOMPARE(bodyOf({matched(u"hello"_s, 2, 1s)}, 1s), u"2 entries matched in 1 s. The first: hello"_s);
        QCOMPARE(bodyOf({{.kind = Notice::Kind::Ended, .count = 3, .text = u"Cut off."_s}}),
                 u"Ended 3 times. The last: Cut off."_s);
        QCOMPARE(bodyOf({{.kind = Notice::Kind::Returned}}), u"Connected again"_s);
        QCOMPARE(bodyOf({{.kind = Notice::Kind::Returned, .count = 2}}), u"Connected again 2 times"_s);
    }

    /// Only the first bytes are looked at: where they end in the middle of a string, it is no JSON any more.
    void secretsOfACutTextStayHidden()
    {
        const QByteArray inner = "{\\\"password\\\":\\\"hunter2\\\",\\\"rest\\\":\\\"" + QByteArray(400, 'x');
        const QString nested = NoticeText::preview(textEntry("{\"event\":\"x\",\"data\":\"" + inner));
        QVERIFY2(!nested.contains(u"hunter2"), qPrintable(nested));
        QVERIFY2(nested.contains(u"event"), qPrintable(nested));
        const QByteArray token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0" + QByteArray(400, 'A');
        const QString cut = NoticeText::preview(textEntry("{\"data\":\"" + token));
        QVERIFY2(!cut.contains(u"eyJzdWIi"), qPrintable(cut));
    }

    void severalConnectionsAreNamed()
    {
        QList<Notice> notices;
        for (int i = 1; i <= 6; ++i)
            notices += Notice{.connection = WatchedId(i), .name = u"c%1"_s.arg(i), .text = u"x"_s};
        const NoticeText text = NoticeText::of(notices, Timestamp(0s));
        QCOMPARE(text.title, u"Sockeye"_s);
        QCOMPARE(text.body.split(u'\n'), (QStringList{u"c1: An entry matched: x"_s, u"c2: An entry matched: x"_s,
                                                      u"c3: An entry matched: x"_s, u"and 3 more"_s}));
    }

    void itIsShortAndNothingInItActs()
    {
        Notice notice = matched(u"a\nb\x1b[31m\u202e"_s + QString(100'000, u'x'));
        notice.name = u"n\u202e\n"_s + QString(100'000, u'y');
        const NoticeText text = NoticeText::of({notice}, Timestamp(0s));
        QVERIFY2(text.title.size() <= 80 && text.title.endsWith(u'…'), qPrintable(text.title));
        QVERIFY2(text.body.size() <= 200 && text.body.endsWith(u'…'), qPrintable(text.body));
        for (const QString &shown : {text.title, text.body}) {
            for (const QChar c : shown)
                QVERIFY2(c.isPrint(), qPrintable(shown));
            QVERIFY(!shown.contains(QChar(0x202e)) && shown.contains(u"\\u202e"));
        }
        QVERIFY(text.body.contains(u"a b\\x1b[31m"));
    }

    void anEntryIsShownWithoutItsSecrets()
    {
        QCOMPARE(NoticeText::preview(textEntry("hello")), u"↓ hello"_s);
        QCOMPARE(NoticeText::preview(textEntry("hello", Direction::Out)), u"↑ hello"_s);
        QCOMPARE(NoticeText::preview(textEntry(R"({"a":1,"password":"hunter2"})")), uR"(↓ {"a":1,"password":"***"})"_s);
        // Of a long one only the beginning is known.
        const QString cut =
            NoticeText::preview(textEntry(R"({"password":"hunter2","b":")" + QByteArray(1000, 'x') + R"("})"));
        QVERIFY2(!cut.contains(u"hunter2") && cut.endsWith(u'…'), qPrintable(cut));
        Entry event = textEntry("Connecting to wss://me:s3cret@h/");
        event.kind = EntryKind::Event;
        event.direction = Direction::None;
        const QString shown = NoticeText::preview(event);
        QVERIFY2(shown.startsWith(u"Connecting") && !shown.contains(u"s3cret"), qPrintable(shown));
    }

    void markupIsOnlyText()
    {
        const QString shown = NoticeText::withoutMarkup(u"<b>a &amp; b</b>"_s);
        QVERIFY(!shown.contains(u'<') && !shown.contains(u'>') && !shown.contains(u'&'));
        QCOMPARE(shown.size(), u"<b>a &amp; b</b>"_s.size());
    }
};

SOCKEYE_TEST(NoticeTextTest, NoApplication)
#include "tst_noticetext.moc"
