#include "base/Clock.h"
#include "capture/CaptureWriter.h"
#include "library/Settings.h"
#include "secrets/SecretNames.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/dialogs/AboutDialog.h"
#include "widgets/dialogs/ExportDialog.h"
#include "widgets/dialogs/ProfileDialog.h"
#include "widgets/dialogs/SecretNamesDialog.h"
#include "widgets/dialogs/ShortcutsDialog.h"
#include "widgets/options/HeaderTable.h"
#include "widgets/options/OptionsDialog.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class DialogsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_prompts = std::make_unique<ScriptedPrompts>();
    }

    void optionsShowTheRequestAsItWillBeSent()
    {
        OptionsDialog dialog(endpoint(), *m_prompts);
        const QString head = dialog.previewText();
        QVERIFY2(head.startsWith(u"GET /feed?x=1 HTTP/1.1\n"_s), qPrintable(head));
        QVERIFY2(head.contains(u"\nHost: h.example:81\n"_s), qPrintable(head));
        QVERIFY2(head.contains(u"\nX-Token: abc\n"_s), qPrintable(head));
        QVERIFY2(!head.contains(u"X-Off"_s), qPrintable(head));
        named<QLineEdit>(&dialog, u"Subprotocols"_s)->setText(u"v2, v1"_s);
        QVERIFY2(dialog.previewText().contains(u"Sec-WebSocket-Protocol: v2, v1"_s), qPrintable(dialog.previewText()));
        QCOMPARE(dialog.endpoint().subprotocols, (QStringList{u"v2"_s, u"v1"_s}));
    }

    void optionsKeepWhatTheyDoNotChange()
    {
        Endpoint all = endpoint();
        all.subprotocols = {u"a"_s};
        all.tls.verify = false;
        all.tls.caFile = u"/ca.pem"_s;
        all.tls.certificateFile = u"/cert.pem"_s;
        all.tls.keyFile = u"/key.pem"_s;
        all.proxy = u"socks5://127.0.0.1:1080"_s;
        all.timeouts.connect = std::chrono::seconds(7);
        OptionsDialog dialog(all, *m_prompts);
        QCOMPARE(dialog.endpoint(), all);
    }

    void headersAreAddedSwitchedOffAndRemoved()
    {
        OptionsDialog dialog(endpoint(), *m_prompts);
        dialog.show();
        auto *table = dialog.findChild<HeaderTable *>();
        QTest::mouseClick(named<QPushButton>(&dialog, u"Add a header"_s), Qt::LeftButton);
        table->table()->item(2, 1)->setText(u"X-New"_s);
        table->table()->item(2, 2)->setText(u"1"_s);
        QVERIFY(dialog.previewText().contains(u"X-New: 1"_s));
        table->table()->item(2, 0)->setCheckState(Qt::Unchecked);
        QVERIFY(!dialog.previewText().contains(u"X-New"_s));
        QCOMPARE(dialog.endpoint().headers.last(), (RequestHeader{u"X-New"_s, u"1"_s, false}));
        table->table()->selectRow(0);
        QTest::mouseClick(named<QPushButton>(&dialog, u"Remove the selected headers"_s), Qt::LeftButton);
        QCOMPARE(dialog.endpoint().headers.size(), 2);
        QVERIFY(!dialog.previewText().contains(u"X-Token"_s));
        table->table()->selectRow(1);
        QTest::mouseClick(named<QPushButton>(&dialog, u"Send the selected header earlier"_s), Qt::LeftButton);
        QCOMPARE(dialog.endpoint().headers.first().name, u"X-New"_s);
    }

    void aHeaderThatCannotBeSentIsRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("line break in the value") << u"X"_s << u"a\r\nEvil: 1"_s;
        QTest::newRow("line break in the name") << u"X\nY"_s << u"a"_s;
        QTest::newRow("space in the name") << u"X Y"_s << u"a"_s;
        QTest::newRow("no name") << QString() << u"a"_s;
    }

    void aHeaderThatCannotBeSentIsRefused()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        Endpoint bad = endpoint();
        bad.headers = {{name, value, true}};
        OptionsDialog dialog(bad, *m_prompts);
        dialog.show();
        auto *ok = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
        QVERIFY(!ok->isEnabled());
        QVERIFY(!error(&dialog).isEmpty());
        QCOMPARE(dialog.previewText(), QString());
        dialog.findChild<HeaderTable *>()->setHeaders({{u"X"_s, u"a"_s, true}});
        QVERIFY(ok->isEnabled());
        QVERIFY(error(&dialog).isEmpty());
    }

    void headersArePasted()
    {
        const QString text = u"GET /x HTTP/1.1\r\nHost: other.example\r\n:authority: h2\r\nUpgrade: websocket\r\n"
                             "sec-websocket-key: AAAA\r\nCookie: a=b; c=d:e\r\n\r\nX-Empty:\r\nno header\r\n"_s;
        QGuiApplication::clipboard()->setText(text);
        OptionsDialog dialog(Endpoint(), *m_prompts);
        dialog.show();
        QTest::mouseClick(named<QPushButton>(&dialog, u"Add the headers on the clipboard, a line each"_s),
                          Qt::LeftButton);
        const QList<RequestHeader> expected{{u"Host"_s, u"other.example"_s, true},
                                            {u"Cookie"_s, u"a=b; c=d:e"_s, true},
                                            {u"X-Empty"_s, QString(), true}};
        QCOMPARE(dialog.endpoint().headers, expected);
    }

    void filesForTlsAreChosen()
    {
        OptionsDialog dialog(endpoint(), *m_prompts);
        m_prompts->file = m_sandbox->write(u"ca.pem"_s, "x");
        auto *browse = named<QPushButton>(&dialog, u"Browse: Extra certificate authority"_s);
        QVERIFY(browse);
        browse->click();
        QCOMPARE(dialog.endpoint().tls.caFile, m_prompts->file);
        QVERIFY(dialog.endpoint().tls.verify);
    }

    void optionsOfferTheProfile()
    {
        OptionsDialog dialog(endpoint(), *m_prompts);
        QVERIFY(!dialog.saveToProfile());
        dialog.offerProfile(u"ticker"_s);
        QVERIFY(dialog.saveToProfile());
    }

    void aProfileNeedsAName()
    {
        ProfileDialog dialog(u"ticker"_s, u"staging"_s, {u"production"_s, u"staging"_s});
        dialog.show();
        auto *save = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save);
        QVERIFY(save->isEnabled());
        QCOMPARE(dialog.folder(), u"staging"_s);
        auto *name = named<QLineEdit>(&dialog, u"Profile name"_s);
        name->setText(u"  "_s);
        QVERIFY(!save->isEnabled());
        name->clear();
        QTest::keyClicks(name, u" feed "_s);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        QTest::mouseClick(save, Qt::LeftButton);
        QCOMPARE(accepted.size(), 1);
        QCOMPARE(dialog.name(), u"feed"_s);
    }

    void aCaptureIsExported_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QByteArray>("holds");
        QTest::newRow("JSON Lines") << u"jsonl"_s << QByteArray("\"text\":\"message 4999\"");
        QTest::newRow("HAR") << u"har"_s << QByteArray("_webSocketMessages");
        QTest::newRow("text") << u"text"_s << QByteArray("message 4999");
    }

    void aCaptureIsExported()
    {
        QFETCH(QString, format);
        QFETCH(QByteArray, holds);
        Settings settings;
        ExportDialog dialog(makeCapture(), {}, settings, *m_prompts);
        dialog.show();
        auto *formats = named<QComboBox>(&dialog, u"Format"_s);
        formats->setCurrentIndex(formats->findData(format));
        m_prompts->file = m_sandbox->path(u"out."_s + findExporter(format)->suffix());
        named<QPushButton>(&dialog, u"Browse: Export file"_s)->click();
        QSignalSpy exported(&dialog, &ExportDialog::exported);
        QTest::mouseClick(named<QPushButton>(&dialog, u"Export"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(exported.size(), 1, 20'000);
        QVERIFY(readFile(m_prompts->file).contains(holds));
        QCOMPARE(settings.value(Settings::Key::ExportFormat).toString(), format);
        QVERIFY(m_prompts->asked.isEmpty());
    }

    void csvIsSafeForSpreadsheetsUnlessToldOtherwise()
    {
        const auto exportAs = [this, capture = makeCapture()](Settings &settings, bool change) {
            ExportDialog dialog(capture, {}, settings, *m_prompts);
            dialog.show();
            auto *format = named<QComboBox>(&dialog, u"Format"_s);
            format->setCurrentIndex(format->findData(u"csv"_s));
            for (const auto &name : {u"Safe for spreadsheets: no text is taken for a formula"_s,
                                     u"Begin with a byte order mark, by which Excel knows UTF-8"_s}) {
                auto *box = named<QCheckBox>(&dialog, name);
                QVERIFY(box->isVisible() && box->isChecked() && !box->toolTip().isEmpty());
                if (change)
                    QTest::keyClick(box, Qt::Key_Space);
            }
            const QString target = m_sandbox->path(u"out.csv"_s);
            QFile::remove(target);
            named<QLineEdit>(&dialog, u"Export file"_s)->setText(target);
            QSignalSpy exported(&dialog, &ExportDialog::exported);
            QTest::mouseClick(named<QPushButton>(&dialog, u"Export"_s), Qt::LeftButton);
            QTRY_COMPARE_WITH_TIMEOUT(exported.size(), 1, 20'000);
            QCOMPARE(readFile(target).startsWith("\xef\xbb\xbf"), !change);
        };
        Settings settings;
        exportAs(settings, false);
        exportAs(settings, true);
        QCOMPARE(settings.value(Settings::Key::ExportCsvSafe).toBool(), false);
        QCOMPARE(settings.value(Settings::Key::ExportCsvByteOrderMark).toBool(), false);
    }

    void anExportTellsWhatItMasksInMessages()
    {
        Settings settings;
        ExportDialog dialog(makeCapture(), {}, settings, *m_prompts);
        dialog.show();
        auto *mask = named<QCheckBox>(&dialog, u"Mask members named like secrets in messages"_s);
        QVERIFY(mask && !mask->isChecked() && !mask->toolTip().isEmpty());
        QVERIFY2(mask->accessibleDescription().startsWith(u"Every format (JSON Lines, HTTP Archive, Plain text, "),
                 qPrintable(mask->accessibleDescription()));
        mask->click();
        QTRY_VERIFY2(mask->accessibleDescription().contains(u"No value in a message will be masked"),
                     qPrintable(mask->accessibleDescription()));
        QCOMPARE(settings.value(Settings::Key::ExportMaskPayloads).toBool(), false);
        const QString target = m_sandbox->path(u"masked.jsonl"_s);
        named<QLineEdit>(&dialog, u"Export file"_s)->setText(target);
        QSignalSpy exported(&dialog, &ExportDialog::exported);
        QTest::mouseClick(named<QPushButton>(&dialog, u"Export"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(exported.size(), 1, 20'000);
        QCOMPARE(settings.value(Settings::Key::ExportMaskPayloads).toBool(), true);
    }

    void namesOfSecretsAreChanged()
    {
        Settings settings;
        {
            SecretNamesDialog dialog(settings);
            dialog.show();
            auto *list = named<QListWidget>(&dialog, u"Patterns of names"_s);
            QCOMPARE(list->count(), SecretNames::defaults().size());
            QVERIFY(!named<QPushButton>(&dialog, u"Restore defaults"_s)->isEnabled());
            auto *tried = named<QLineEdit>(&dialog, u"Name to try"_s);
            tried->setText(u"X-My-Colour"_s);
            QCOMPARE(tried->accessibleDescription(), u"shown"_s);
            auto *added = named<QLineEdit>(&dialog, u"New pattern"_s);
            QVERIFY(!named<QPushButton>(&dialog, u"Add"_s)->isEnabled());
            added->setText(u" Co-Lour "_s);
            named<QPushButton>(&dialog, u"Add"_s)->click();
            QCOMPARE(added->text(), QString());
            QCOMPARE(list->currentItem()->text(), u"colour"_s);
            QCOMPARE(tried->accessibleDescription(), u"masked"_s);
            const int row = static_cast<int>(SecretNames::defaults().indexOf(u"zak"_s));
            list->setCurrentRow(row);
            QTest::mouseClick(named<QPushButton>(&dialog, u"Remove"_s), Qt::LeftButton);
            QVERIFY(list->findItems(u"zak"_s, Qt::MatchExactly).isEmpty());
            for (const QWidget *each : dialog.findChildren<QPushButton *>())
                QVERIFY(!each->toolTip().isEmpty());
            dialog.accept();
        }
        QVERIFY(SecretNames::current()->isSecret("colour"));
        QVERIFY(!SecretNames::current()->isSecret("zak"));
        QVERIFY(SecretNames::current()->isSecret("token"));
        // The next start knows them, and what a later version adds comes too.
        QCOMPARE(settings.value(Settings::Key::SecretNamesAdded).toStringList(), QStringList{u"colour"_s});
        QCOMPARE(settings.value(Settings::Key::SecretNamesRemoved).toStringList(), QStringList{u"zak"_s});
        QVERIFY(Settings().secretNames().contains(u"colour"_s));
        SecretNamesDialog dialog(settings);
        named<QPushButton>(&dialog, u"Restore defaults"_s)->click();
        dialog.accept();
        QCOMPARE(SecretNames::current()->patterns(), SecretNames::defaults());
        QCOMPARE(settings.value(Settings::Key::SecretNamesAdded).toStringList(), QStringList());
    }

    void anExportOverAFileAsks()
    {
        Settings settings;
        ExportDialog dialog(makeCapture(), {}, settings, *m_prompts);
        dialog.show();
        const QString target = m_sandbox->write(u"mine.jsonl"_s, "precious");
        named<QLineEdit>(&dialog, u"Export file"_s)->setText(target);
        m_prompts->accept = false;
        QTest::mouseClick(named<QPushButton>(&dialog, u"Export"_s), Qt::LeftButton);
        QCOMPARE(m_prompts->asked.size(), 1);
        QCOMPARE(readFile(target), QByteArray("precious"));
    }

    void anExportNeverReplacesTheCapture()
    {
        Settings settings;
        const QString capture = makeCapture();
        const QByteArray before = readFile(capture);
        ExportDialog dialog(capture, {}, settings, *m_prompts);
        dialog.show();
        named<QLineEdit>(&dialog, u"Export file"_s)->setText(capture);
        QTest::mouseClick(named<QPushButton>(&dialog, u"Export"_s), Qt::LeftButton);
        QVERIFY(!error(&dialog).isEmpty());
        QCOMPARE(readFile(capture), before);
    }

    void anExportThatFailsIsToldAndCanBeTriedAgain()
    {
        Settings settings;
        ExportDialog dialog(makeCapture(), {}, settings, *m_prompts);
        dialog.show();
        named<QLineEdit>(&dialog, u"Export file"_s)->setText(m_sandbox->path(u"no/such/folder/out.jsonl"_s));
        auto *start = named<QPushButton>(&dialog, u"Export"_s);
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!error(&dialog).isEmpty(), 20'000);
        QVERIFY(start->isEnabled());
        QVERIFY(dialog.isVisible());
    }

    void anExportCanBeCancelled()
    {
        Settings settings;
        ExportDialog dialog(makeCapture(), {}, settings, *m_prompts);
        dialog.show();
        const QString target = m_sandbox->path(u"cancelled.jsonl"_s);
        named<QLineEdit>(&dialog, u"Export file"_s)->setText(target);
        QSignalSpy exported(&dialog, &ExportDialog::exported);
        // No event is handled in between, so the export cannot be told to have ended before it is cancelled.
        named<QPushButton>(&dialog, u"Export"_s)->click();
        dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Cancel)->click();
        QVERIFY(dialog.isVisible());
        QVERIFY(named<QPushButton>(&dialog, u"Export"_s)->isEnabled());
        dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Cancel)->click();
        QVERIFY(!dialog.isVisible());
        QCOMPARE(exported.size(), 0);
    }

    void theFilterIsOfferedOnlyWhereThereIsOne()
    {
        Settings settings;
        const QString capture = makeCapture();
        const QString label = u"Only entries that match the log's filter"_s;
        ExportDialog whole(capture, {}, settings, *m_prompts);
        QVERIFY(named<QCheckBox>(&whole, label)->isHidden());
        ExportDialog part(capture, EntryQuery::of(filter::KindIs{{EntryKind::Text}}), settings, *m_prompts);
        QVERIFY(!named<QCheckBox>(&part, label)->isHidden());
        QVERIFY(named<QCheckBox>(&part, label)->isChecked());
    }

    void shortcutsAreListed()
    {
        QAction action(u"&Do it…"_s);
        action.setShortcut(QKeySequence(u"Ctrl+Y"_s));
        QAction silent(u"No key"_s);
        ShortcutsDialog dialog({&action, &silent});
        auto *table = dialog.findChild<QTableWidget *>();
        QCOMPARE(table->item(0, 0)->text(), u"Do it"_s);
        QCOMPARE(table->item(0, 1)->text(), u"Ctrl+Y"_s);
        for (int row = 0; row < table->rowCount(); ++row)
            QVERIFY(table->item(row, 0)->text() != u"No key"_s);
    }

    void aboutTellsTheVersion()
    {
        AboutDialog dialog;
        const QList<QLabel *> labels = dialog.findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->text() == QStringLiteral("Sockeye " SOCKEYE_VERSION);
        }));
    }

private:
    [[nodiscard]] static Endpoint endpoint()
    {
        Endpoint endpoint;
        endpoint.url = u"ws://h.example:81/feed?x=1"_s;
        endpoint.headers = {{u"X-Token"_s, u"abc"_s, true}, {u"X-Off"_s, u"1"_s, false}};
        return endpoint;
    }

    /// What a dialog says in red.
    [[nodiscard]] static QString error(const QWidget *dialog)
    {
        const QList<QLabel *> labels = dialog->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->property("error").toBool() && label->isVisible())
                return label->text();
        }
        return {};
    }

    /// A capture of 5,000 text messages.
    [[nodiscard]] QString makeCapture() const
    {
        const QString path = m_sandbox->path(u"session.sockeye"_s);
        auto writer = CaptureWriter::create(path);
        if (!writer)
            qFatal("%s", qPrintable(writer.message()));
        ConnectionRecord record;
        record.id = writer.value()->newConnectionId();
        record.url = u"ws://h.example/"_s;
        record.requestHead = "GET / HTTP/1.1\r\nHost: h.example\r\n\r\n";
        record.responseHead = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
        record.started = SystemClock().now();
        writer.value()->put(record);
        constexpr int Count = 5000;
        for (int i = 0; i < Count; ++i) {
            NewEntry entry;
            entry.connection = record.id;
            entry.time = record.started + std::chrono::milliseconds(i);
            entry.payload = "message " + QByteArray::number(i);
            writer.value()->append(std::move(entry));
        }
        const Result<> finished = writer.value()->finish();
        if (!finished)
            qFatal("%s", qPrintable(finished.message()));
        return path;
    }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ScriptedPrompts> m_prompts;
};

SOCKEYE_TEST(DialogsTest, QApplication)
#include "tst_dialogs.moc"
