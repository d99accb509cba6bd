#include "endpoint/InvisibleCheck.h"

#include "endpoint/EndpointCheck.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestInvisibleCheck final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTextIsLookedAt_data()
    {
        QTest::addColumn<const EndpointField *>("field");
        for (const EndpointField &field : endpointFields()) {
            const bool isText = field.kind == EndpointField::Kind::Text ||
                                field.kind == EndpointField::Kind::TextList ||
                                field.kind == EndpointField::Kind::Headers;
            if (isText && !field.json.endsWith("File"_L1))
                QTest::newRow(field.json.data()) << &field;
        }
    }

    void everyTextIsLookedAt()
    {
        QFETCH(const EndpointField *, field);
        Endpoint endpoint;
        field->setValue(endpoint, valueOf(*field, u"ab\u200bc"_s));
        const QString problem = problemOf(endpointProblems(endpoint), *field);
        QVERIFY2(problem.contains(u"at character 3: U+200B zero width space"_s), qPrintable(problem));
        QVERIFY2(problem.contains(u"--send-invisible"_s), qPrintable(problem));
        endpoint.sendInvisible = true;
        QCOMPARE(problemOfInvisible(*field, endpoint), QString());
        // There are no bytes for it.
        field->setValue(endpoint, valueOf(*field, u"ab"_s + QChar(0xd83d)));
        QVERIFY(problemOfInvisible(*field, endpoint).contains(u"half of a surrogate pair"_s));
    }

    void filesMayBeCalledAnything()
    {
        Endpoint endpoint;
        endpoint.tls.caFile = u"/tmp/a\u200b.pem"_s;
        QCOMPARE(problemOfInvisible(fieldOf(&Endpoint::tls, &TlsOptions::caFile), endpoint), QString());
    }

    void urlsAreLookedAt_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QString &url, const QString &says) {
            QTest::newRow(name) << url << says;
        };
        row("path", u"ws://127.0.0.1:1/feed\u200b"_s, u"The URL has an invisible character at character 22: U+200B"_s);
        row("query", u"ws://h/x?token=abc\ufeff"_s, u"U+FEFF byte order mark"_s);
        row("host", u"ws://exam\u00adple.com/"_s, u"at character 10: U+00AD soft hyphen"_s);
        row("password", u"ws://me:s3cr\u200ft@h/"_s, u"at character 13: U+200F right-to-left mark"_s);
        row("behind a blank", u"  ws://h/\u202a"_s, u"at character 8: U+202A left-to-right embedding"_s);
        row("line break", u"ws://h/a\nb"_s, u"invisible character at character 9: U+000A line feed"_s);
        row("NUL", u"ws://h/a"_s + QChar(0), u"invisible character at character 9: U+0000 null"_s);
        row("bell", u"ws://h/a\x07"_s, u"U+0007 bell"_s);
        row("no-break space at the end", u"ws://h/a\u00a0"_s, u"U+00A0 no-break space"_s);
        row("paragraph separator at the end", u"ws://h/a\u2029"_s, u"U+2029 paragraph separator"_s);
        row("quote at the end", u"ws://h/a”"_s, u"a quotation mark around it, ” at character 9"_s);
    }

    void urlsAreLookedAt()
    {
        QFETCH(QString, url);
        QFETCH(QString, says);
        Endpoint endpoint;
        endpoint.url = url;
        const QString problem = checkEndpoint(endpoint).message();
        QVERIFY2(problem.contains(says), qPrintable(problem));
        QVERIFY2(!problem.contains(u"s3cr"), qPrintable(problem));
        endpoint.sendInvisible = true;
        QCOMPARE(checkEndpoint(endpoint).message(), QString());
    }

    void headersAreLookedAt_data()
    {
        QTest::addColumn<RequestHeader>("header");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const RequestHeader &header, const QString &says) {
            QTest::newRow(name) << header << says;
        };
        row("token", {u"Authorization"_s, u"Bearer abc\u200b"_s, true},
            u"The value of the header “Authorization” has an invisible character at character 11: U+200B"_s);
        row("front", {u"X-Key"_s, u"\u2060abc"_s, true}, u"at character 1: U+2060 word joiner"_s);
        row("name", {u"X-\u00adA"_s, u"1"_s, true}, u"The name of the header"_s);
        row("off", {u"X-A"_s, u"a\u200b"_s, false}, {});
        row("tab", {u"X-A"_s, u"a\tb"_s, true}, {});
        row("letters", {u"X-A"_s, u"é “中” 😀"_s, true}, {});
    }

    void headersAreLookedAt()
    {
        QFETCH(RequestHeader, header);
        QFETCH(QString, says);
        Endpoint endpoint;
        endpoint.headers = {{u"X-B"_s, u"1"_s, true}, header};
        const QString problem = problemOfInvisible(fieldOf(&Endpoint::headers), endpoint);
        QVERIFY2(says.isEmpty() ? problem.isEmpty() : problem.contains(says), qPrintable(problem));
        QVERIFY2(!problem.contains(u"abc"), qPrintable(problem));
    }

private:
    static FieldValue valueOf(const EndpointField &field, const QString &text)
    {
        switch (field.kind) {
        case EndpointField::Kind::TextList:
            return QStringList{u"a"_s, text};
        case EndpointField::Kind::Headers:
            return QList<RequestHeader>{{u"X-A"_s, text, true}};
        default:
            return text;
        }
    }
};

SOCKEYE_TEST(TestInvisibleCheck, QCoreApplication)
#include "tst_invisiblecheck.moc"
