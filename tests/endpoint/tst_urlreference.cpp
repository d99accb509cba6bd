#include "endpoint/UrlReference.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestUrlReference final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // RFC 3986 section 5.4, but for those with a fragment, which is left out.
    void resolvesAsTheRfcDoes_data()
    {
        QTest::addColumn<QByteArray>("reference");
        QTest::addColumn<QByteArray>("target");
        const auto row = [](const char *reference, const char *target) {
            QTest::newRow(reference) << QByteArray(reference) << QByteArray(target);
        };
        row("g:h", "g:h");
        row("g", "http://a/b/c/g");
        row("./g", "http://a/b/c/g");
        row("g/", "http://a/b/c/g/");
        row("/g", "http://a/g");
        row("//g", "http://g");
        row("?y", "http://a/b/c/d;p?y");
        row("g?y", "http://a/b/c/g?y");
        row("#s", "http://a/b/c/d;p?q");
        row("g#s", "http://a/b/c/g");
        row("g?y#s", "http://a/b/c/g?y");
        row(";x", "http://a/b/c/;x");
        row("g;x", "http://a/b/c/g;x");
        row("g;x?y#s", "http://a/b/c/g;x?y");
        row("", "http://a/b/c/d;p?q");
        row(".", "http://a/b/c/");
        row("./", "http://a/b/c/");
        row("..", "http://a/b/");
        row("../", "http://a/b/");
        row("../g", "http://a/b/g");
        row("../..", "http://a/");
        row("../../", "http://a/");
        row("../../g", "http://a/g");
        row("../../../g", "http://a/g");
        row("../../../../g", "http://a/g");
        row("/./g", "http://a/g");
        row("/../g", "http://a/g");
        row("g.", "http://a/b/c/g.");
        row(".g", "http://a/b/c/.g");
        row("g..", "http://a/b/c/g..");
        row("..g", "http://a/b/c/..g");
        row("./../g", "http://a/b/g");
        row("./g/.", "http://a/b/c/g/");
        row("g/./h", "http://a/b/c/g/h");
        row("g/../h", "http://a/b/c/h");
        row("g;x=1/./y", "http://a/b/c/g;x=1/y");
        row("g;x=1/../y", "http://a/b/c/y");
        row("g?y/./x", "http://a/b/c/g?y/./x");
        row("g?y/../x", "http://a/b/c/g?y/../x");
        row("http:g", "http:g");
        // Ours: escapes stay, and what has a scheme is taken as it is.
        row("/a%2fb/%41?c=%0d", "http://a/a%2fb/%41?c=%0d");
        row("%2e%2e/g", "http://a/b/c/%2e%2e/g");
        row("//h/a/../b", "http://h/b");
        row("https://h/a/../b?", "https://h/a/../b?");
        row("g?", "http://a/b/c/g?");
        row("?", "http://a/b/c/d;p?");
        row("1:2", "http://a/b/c/1:2");
    }

    void resolvesAsTheRfcDoes()
    {
        QFETCH(QByteArray, reference);
        const UrlReference base = UrlReference::parse("http://a/b/c/d;p?q");
        QTEST(UrlReference::parse(reference).resolved(base).toBytes(), "target");
    }

    void aBaseWithoutAPathHasARoot()
    {
        QCOMPARE(UrlReference::parse("g").resolved(UrlReference::parse("ws://a")).toBytes(), "ws://a/g");
    }

    void writesWhatItRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"", "a", "//", "//a", "x://", "x:", "?", "a?", "//a?b", "ws://u:p@h:1/a/../%2f?b?c", "/a:b", "\xff\x01"})
            QTest::newRow(text) << QByteArray(text);
    }

    void writesWhatItRead()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(UrlReference::parse(text).toBytes(), text);
    }
};

SOCKEYE_TEST(TestUrlReference, QCoreApplication)
#include "tst_urlreference.moc"
