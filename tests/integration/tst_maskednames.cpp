#include "document/OpenCapture.h"
#include "integration/Program.h"
#include "peers/RawServer.h"
#include "secrets/SecretSamples.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/controls/DocumentTabs.h"
#include "widgets/log/LogView.h"
#include "widgets/tab/FileTab.h"
#include "widgets/tab/StatusLine.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QtTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// Names under which real APIs take secrets (tests/secrets/names.tsv), each in the place where its API has it, in two
/// connections: one that is accepted and closed with a reason, one that is refused with a redirect and a body. None is
/// seen in what is printed, in the four exports, and in the window; the capture and --keep-secrets hold them all.
class MaskedNamesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void nothingIsPrinted();
    void nothingIsExported_data();
    void nothingIsExported();
    void nothingIsShown_data();
    void nothingIsShown();
    void whatIsKeptIsKept();

private:
    struct Case
    {
        QByteArray printed;
        QString capture;
    };
    [[nodiscard]] Case recorded(const QString &name, const RawServer::Reply &reply, const QStringList &more = {});
    [[nodiscard]] static QStringList arguments(const RawServer &server);

    QTemporaryDir m_folder;
    QList<Case> m_cases;
};

QStringList MaskedNamesTest::arguments(const RawServer &server)
{
    QStringList arguments{u"record"_s, server.url() + u"feed?"_s + QString::fromUtf8(asForm(secretSamples("query")))};
    for (const SecretSample &sample : secretSamples("header"))
        arguments += {u"--header"_s, QString::fromUtf8(sample.name + ": " + sample.value)};
    QByteArrayList cookies;
    for (const SecretSample &sample : secretSamples("cookie"))
        cookies += sample.name + '=' + sample.value;
    arguments += {u"--header"_s, u"Cookie: "_s + QString::fromUtf8(cookies.join("; "))};
    arguments += {u"--header"_s, u"Referer: https://h/?"_s + QString::fromUtf8(asForm(secretSamples("form")))};
    arguments += {u"--subprotocol"_s, u"bearer"_s, u"--subprotocol"_s, u"hidden-s-value"_s};
    return arguments + QStringList{u"--json"_s, u"--max-redirects"_s, u"0"_s};
}

MaskedNamesTest::Case MaskedNamesTest::recorded(const QString &name, const RawServer::Reply &reply,
                                                const QStringList &more)
{
    RawServer server;
    server.setReply(reply);
    Case result;
    result.capture = m_folder.filePath(name);
    Program program;
    static_cast<void>(program.run(arguments(server) + QStringList{u"-o"_s, result.capture} + more));
    result.printed = program.output() + program.errors();
    return result;
}

void MaskedNamesTest::initTestCase()
{
    const QByteArray form = asForm(secretSamples("form"));
    const QByteArray reason = form.first(std::min<qsizetype>(form.size(), 120));
    m_cases += recorded(u"accepted.sockeye"_s, [reason](const QByteArray &head) {
        const QByteArray close = "\x03\xe8" + reason;
        return RawServer::acceptReply(head, "Sec-WebSocket-Protocol: bearer\r\nSet-Cookie: " +
                                                asForm(secretSamples("cookie").first(1)) + "\r\n") +
               '\x88' + static_cast<char>(close.size()) + close;
    });
    const auto refusal = [](const QByteArray &status, const QByteArray &body) {
        return [status, body](const QByteArray &) {
            return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) +
                   "\r\nLocation: /x?" + asForm(secretSamples("query")) + "\r\n\r\n" + body;
        };
    };
    m_cases += recorded(u"refused.sockeye"_s, refusal("403 Forbidden", asJson(secretSamples("json"))));
    m_cases += recorded(u"form.sockeye"_s, refusal("401 Unauthorized", form));
    m_cases += recorded(u"redirect.sockeye"_s, refusal("302 Found", {}));
    for (const Case &each : m_cases)
        QVERIFY2(QFile::exists(each.capture), each.printed.constData());
}

void MaskedNamesTest::nothingIsPrinted()
{
    for (const Case &each : m_cases) {
        QVERIFY2(each.printed.contains("***"), each.printed.constData());
        QCOMPARE(shownIn(each.printed), QList<QByteArray>());
        QVERIFY(!each.printed.contains("hidden-"));
    }
}

void MaskedNamesTest::nothingIsExported_data()
{
    QTest::addColumn<QString>("format");
    for (const QString &format : {u"text"_s, u"csv"_s, u"har"_s, u"jsonl"_s})
        QTest::newRow(qPrintable(format)) << format;
}

void MaskedNamesTest::nothingIsExported()
{
    QFETCH(QString, format);
    for (const Case &each : m_cases) {
        Program program;
        QCOMPARE(program.run({u"export"_s, each.capture, u"--format"_s, format}), 0);
        const QByteArray exported = program.output();
        QVERIFY(!exported.isEmpty());
        QCOMPARE(shownIn(exported), QList<QByteArray>());
        QVERIFY2(!exported.contains("hidden-"), exported.constData());
    }
}

void MaskedNamesTest::nothingIsShown_data()
{
    QTest::addColumn<int>("place");
    for (int place = 0; place < m_cases.size(); ++place)
        QTest::newRow(qPrintable(QFileInfo(m_cases[place].capture).baseName())) << place;
}

/// In titles, tool tips, the log, its copies, the status line, the list of recent captures.
void MaskedNamesTest::nothingIsShown()
{
    QFETCH(int, place);
    const Sandbox sandbox;
    QVERIFY(QDir().mkpath(paths::captures()));
    const QString path = paths::captures() + u"/a.sockeye"_s;
    QVERIFY(QFile::copy(m_cases[place].capture, path));
    ScriptedPrompts prompts;
    MainWindow window(prompts);
    window.show();
    window.start();
    window.documents().openPath(path);
    const DocumentTab *tab = window.documents().current();
    QVERIFY(tab);
    QTRY_VERIFY(tab->view()->model() && tab->view()->model()->rowCount() > 0);
    const auto isRead = [&window] {
        const QList<RecentCapture> &captures = window.recentCaptures().captures();
        return captures.size() == 1 && captures.constFirst().summary;
    };
    QTRY_VERIFY(isRead());
    QTRY_VERIFY(!tab->statusLine()->text().isEmpty());

    QString shown = window.windowTitle() + tab->title() + tab->description() + tab->statusLine()->text();
    LogModel *model = tab->view()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        for (int column = 0; column < model->columnCount(); ++column) {
            const auto isThere = [&] { return model->index(row, column).data().isValid(); };
            static_cast<void>(QTest::qWaitFor(isThere, 5000));
            for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole)})
                shown += model->index(row, column).data(role).toString() + u'\n';
        }
    }
    for (const CopyFormat format : {CopyFormat::Rows, CopyFormat::Text, CopyFormat::Markdown, CopyFormat::JsonLines}) {
        std::optional<QString> copied;
        model->readText({{Row(0), Row(model->rowCount() - 1)}}, format, this,
                        [&copied](const CopiedRows &rows) { copied = rows.text; });
        QTRY_VERIFY(copied.has_value());
        shown += *copied;
    }
    for (const QWidget *widget : window.findChildren<QWidget *>())
        shown += widget->toolTip() + widget->accessibleName() + u'\n';
    QVERIFY(shown.contains(u"***"));
    QCOMPARE(shownIn(shown.toUtf8()), QList<QByteArray>());
    window.close();
}

/// Nothing is lost: it is all in the capture, and told to whoever asks for it.
void MaskedNamesTest::whatIsKeptIsKept()
{
    QList<QByteArray> kept;
    for (const Case &each : m_cases) {
        Program program;
        QCOMPARE(program.run({u"export"_s, each.capture, u"--format"_s, u"text"_s, u"--keep-secrets"_s}), 0);
        kept += shownIn(program.output());
    }
    for (const SecretSample &sample : secretSamples())
        QVERIFY2(kept.contains(sample.where + ' ' + sample.name), sample.name.constData());
    RawServer server;
    server.setReply(
        [](const QByteArray &head) { return RawServer::acceptReply(head) + QByteArray("\x88\x02\x03\xe8", 4); });
    Program program;
    QCOMPARE(program.run({u"record"_s, server.url() + u"?token=hidden"_s, u"--keep-secrets"_s}), 0);
    QVERIFY(program.output().contains("token=hidden"));
}

SOCKEYE_TEST(MaskedNamesTest, QApplication)
#include "tst_maskednames.moc"
