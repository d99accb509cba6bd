#include "support/Patience.h"
#include "widgets/preferences/PreferencesDialog.h"

#include "library/Settings.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/dialogs/SecretNamesDialog.h"
#include "widgets/log/LogView.h"
#include "widgets/options/OptionFields.h"
#include "widgets/options/OptionsDialog.h"
#include "widgets/style/DataFont.h"
#include "widgets/style/InterfaceFont.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/Actions.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStatusBar>
#include <QTabWidget>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using Key = Settings::Key;

/// The preferences in the window: each choice is seen at once, and kept.
class PreferencesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_prompts = std::make_unique<ScriptedPrompts>();
        makeWindow();
    }

    void cleanup()
    {
        m_window.reset();
        m_sandbox.reset();
        theme::setDataFamily({});
        theme::setInterfaceFont({}, 0);
        theme::apply(*qApp, theme::Scheme::Light);
    }

    void theyAreOnControlComma()
    {
        PreferencesDialog *dialog = open();
        QVERIFY(dialog && dialog->isVisible());
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!m_window->findChild<PreferencesDialog *>());
    }

    void theOptionsOfAConnectionAreOnAltReturn()
    {
        m_window->documents().openNew();
        auto *button = named<QWidget>(m_window.get(), u"Options"_s);
        QVERIFY(button && button->toolTip().contains(u"Alt+Return"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::AltModifier);
        QVERIFY(m_window->findChild<OptionsDialog *>());
    }

    void everyControlIsNamedAndExplained()
    {
        const PreferencesDialog *dialog = open();
        int controls = 0;
        for (int page = 0; page < dialog->pages()->count(); ++page) {
            for (const QWidget *control : dialog->pages()->widget(page)->findChildren<QWidget *>()) {
                // The lines inside of boxes, and the lists that boxes open.
                const bool isInside = control->objectName().startsWith(u"qt_") || control->window() != dialog;
                if (isInside || !control->focusPolicy() || qobject_cast<const QLabel *>(control))
                    continue;
                QVERIFY2(!control->accessibleName().isEmpty(), control->metaObject()->className());
                QVERIFY2(!control->toolTip().isEmpty(), qPrintable(control->accessibleName()));
                ++controls;
            }
        }
        QVERIFY(controls >= 14);
    }

    void everyLabelGoesToItsField()
    {
        const PreferencesDialog *dialog = open();
        int labels = 0;
        for (const QLabel *label : dialog->findChildren<QLabel *>()) {
            if (!label->text().contains(u'&'))
                continue;
            QVERIFY2(label->buddy(), qPrintable(label->text()));
            ++labels;
        }
        QVERIFY(labels >= 7);
    }

    /// Also at sizes that it does not like: what does not fit scrolls, and the buttons stay.
    void itFitsSmallScreens_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1024x700") << QSize(1024, 700);
        QTest::newRow("640x400") << QSize(640, 400);
    }

    void itFitsSmallScreens()
    {
        QFETCH(QSize, size);
        PreferencesDialog *dialog = open();
        dialog->resize(size);
        QCoreApplication::processEvents();
        QVERIFY2(dialog->width() <= size.width() && dialog->height() <= size.height(),
                 qPrintable(u"%1 x %2"_s.arg(dialog->width()).arg(dialog->height())));
        for (int page = 0; page < dialog->pages()->count(); ++page) {
            dialog->pages()->setCurrentIndex(page);
            const auto *close = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Close);
            QVERIFY(dialog->rect().contains(QRect(close->mapTo(dialog, QPoint()), close->size())));
            const auto *scroll = qobject_cast<QScrollArea *>(dialog->pages()->widget(page));
            QVERIFY(scroll);
            for (const QPushButton *button : scroll->findChildren<QPushButton *>())
                QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
            for (const QCheckBox *box : scroll->findChildren<QCheckBox *>())
                QVERIFY2(box->width() >= box->sizeHint().width(), qPrintable(box->text()));
        }
    }

    void theThemeIsChosen()
    {
        m_window->documents().openNew();
        const PreferencesDialog *dialog = open();
        auto *themes = named<QComboBox>(dialog, u"Theme"_s);
        themes->setFocus();
        QTest::keyClicks(themes, u"D"_s);
        QCOMPARE(themes->currentText(), u"Dark"_s);
        QCOMPARE(named<QWidget>(tab(), u"URL"_s)->font().family(), theme::dataFont().family());
        QVERIFY(theme::isDark(m_window->palette()));
        QCOMPARE(Settings().value(Key::Theme).toString(), u"dark"_s);
        m_window->menuActions()->update();
        QVERIFY(m_window->menuActions()->get(u"themeDark"_s)->isChecked());
    }

    void theFontOfTheWindowIsChosen()
    {
        m_window->documents().openNew();
        const QFont system = QApplication::font();
        const QFont data = theme::dataFont();
        const PreferencesDialog *dialog = open();
        auto *size = named<QSpinBox>(dialog, u"Size of the window's font"_s);
        QCOMPARE(size->text(), u"The system's size"_s);
        const auto *menus = named<QWidget>(m_window.get(), u"Connect"_s);
        const int height = QFontMetrics(menus->font()).height();
        size->setFocus();
        size->selectAll();
        QTest::keyClicks(size, u"17"_s);
        QTest::keyClick(size, Qt::Key_Return);
        QCOMPARE(Settings().value(Key::InterfaceFontSize).toInt(), 17);
        for (const QString &name : {u"Connect"_s, u"Connection status"_s, u"Size of the window's font"_s}) {
            const QWidget *widget = named<QWidget>(m_window.get(), name);
            QVERIFY2(widget, qPrintable(name));
            QCOMPARE(widget->font().pointSizeF(), 17.0);
        }
        QVERIFY(QFontMetrics(menus->font()).height() > height);
        QTRY_VERIFY(menus->height() >= QFontMetrics(menus->font()).height());
        // Data is as large.
        QCOMPARE(theme::dataFont().pointSizeF(), 17.0);
        QCOMPARE(named<QWidget>(tab(), u"URL"_s)->font().pointSizeF(), 17.0);
        QCOMPARE(named<QWidget>(tab(), u"URL"_s)->font().family(), data.family());
        // What the style sheet makes smaller keeps its share.
        QCOMPARE(m_window->statusBar()->font().pointSizeF(), 17.0 * 0.9);
        m_window->documents().openNew();
        QCOMPARE(named<QWidget>(tab(), u"Connect"_s)->font().pointSizeF(), 17.0);

        auto *fonts = named<QComboBox>(dialog, u"Font of the window"_s);
        // One that is not data's either.
        int other = fonts->count() - 1;
        while (other > 0 && (fonts->itemText(other) == system.family() || fonts->itemText(other) == data.family()))
            --other;
        if (other == 0)
            QSKIP("No other font is installed.");
        const QString family = fonts->itemText(other);
        fonts->setCurrentIndex(other);
        QCOMPARE(named<QWidget>(tab(), u"URL"_s)->font().family(), data.family());
        QCOMPARE(menus->font().family(), family);
        QCOMPARE(Settings().value(Key::InterfaceFont).toString(), family);
        // The next start has it, and the system's can be had again.
        makeWindow();
        QCOMPARE(m_window->menuBar()->font().family(), family);
        QCOMPARE(m_window->menuBar()->font().pointSizeF(), 17.0);
        dialog = open();
        named<QComboBox>(dialog, u"Font of the window"_s)->setCurrentIndex(0);
        size = named<QSpinBox>(dialog, u"Size of the window's font"_s);
        QCOMPARE(size->value(), 17);
        size->setValue(size->minimum());
        QCOMPARE(QApplication::font(), system);
        QCOMPARE(m_window->menuBar()->font().family(), system.family());
        QCOMPARE(m_window->menuBar()->font().pointSizeF(), system.pointSizeF());
        QCOMPARE(Settings().value(Key::InterfaceFontSize).toInt(), 0);
    }

    void aFontOfTheWindowThatIsGoneIsNotMissed()
    {
        const QFont before = QApplication::font();
        for (const int size : {-5, 0, 3, 400}) {
            theme::setInterfaceFont(u"No Such Font"_s, size);
            QCOMPARE(QApplication::font(), before);
        }
    }

    void theFontOfDataIsChosen()
    {
        m_window->documents().openNew();
        const PreferencesDialog *dialog = open();
        auto *fonts = named<QComboBox>(dialog, u"Font of data"_s);
        int other = -1;
        for (int i = 1; i < fonts->count() && other < 0; ++i) {
            if (fonts->itemText(i) != theme::dataFont().family())
                other = i;
        }
        if (other < 0)
            QSKIP("One font of fixed pitch is installed.");
        const QString family = fonts->itemText(other);
        fonts->setCurrentIndex(other);
        QCOMPARE(theme::dataFont().family(), family);
        QCOMPARE(named<QWidget>(tab(), u"URL"_s)->font().family(), family);
        QCOMPARE(named<QLabel>(dialog, u"Sample of the font"_s)->font().family(), family);
        QCOMPARE(Settings().value(Key::DataFont).toString(), family);
        fonts->setCurrentIndex(0);
        QVERIFY(named<QWidget>(tab(), u"URL"_s)->font().family() != family);

        fonts->setCurrentIndex(other);
        theme::setDataFamily({});
        makeWindow();
        m_window->documents().openNew();
        QCOMPARE(named<QWidget>(tab(), u"URL"_s)->font().family(), family);
    }

    void aFontThatIsGoneIsNotMissed()
    {
        const QString before = theme::dataFont().family();
        theme::setDataFamily(u"No Such Font"_s);
        QCOMPARE(theme::dataFamily(), QString());
        QCOMPARE(theme::dataFont().family(), before);
    }

    void allLogsFollow()
    {
        m_window->documents().openNew();
        const ConnectionTab *first = tab();
        m_window->documents().unusedTab();
        m_window->documents().openUrl(u"bad"_s);
        const PreferencesDialog *dialog = open();
        auto *times = named<QComboBox>(dialog, u"Times"_s);
        times->setCurrentIndex(times->findText(u"UTC"_s));
        named<QComboBox>(dialog, u"Delta since"_s)->setCurrentIndex(1);
        auto *density = named<QComboBox>(dialog, u"Density of rows"_s);
        density->setCurrentIndex(density->findText(u"Compact"_s));
        named<QSpinBox>(dialog, u"Size of the text"_s)->setValue(3);
        QTest::mouseClick(named<QCheckBox>(dialog, u"Raw previews"_s), Qt::LeftButton, {}, QPoint(8, 8));
        QTest::mouseClick(named<QCheckBox>(dialog, u"Dim what did not change"_s), Qt::LeftButton, {}, QPoint(8, 8));
        for (const DocumentTab *each : m_window->documents().all()) {
            const LogLook look = each->view()->logView()->look();
            QCOMPARE(look.time, TimeFormat::Utc);
            QCOMPARE(look.delta, DeltaFrom::Selected);
            QCOMPARE(look.density, LogDensity::Compact);
            QCOMPARE(look.zoom, 3);
            QVERIFY(look.rawPreview);
            QVERIFY(look.dimsSame);
        }
        QVERIFY(first);
        const Settings settings;
        QCOMPARE(LogLook::load(settings), m_window->documents().current()->view()->logView()->look());
    }

    void newConnectionsBeginAsChosen()
    {
        m_window->documents().openUrl(u"bad"_s);
        const ConnectionTab *before = tab();
        const PreferencesDialog *dialog = open();
        named<SecondsBox>(dialog, u"Keepalive"_s)->setDuration(std::chrono::seconds(20));
        auto *proxy = named<QLineEdit>(dialog, u"Proxy"_s);
        proxy->setFocus();
        QTest::keyClicks(proxy, u"socks5://127.0.0.1:1080"_s);
        m_window->documents().openNew();
        QCOMPARE(tab()->endpoint().keepalive.interval, std::chrono::milliseconds(20'000));
        QCOMPARE(tab()->endpoint().proxy, u"socks5://127.0.0.1:1080"_s);
        QCOMPARE(before->endpoint().keepalive.interval.count(), 0);
        // What a page of the options is reset to.
        tab()->showOptions();
        auto *options = tab()->findChild<OptionsDialog *>();
        auto *ping = named<SecondsBox>(options, u"Ping interval"_s);
        ping->setDuration(std::chrono::seconds(5));
        auto *pages = named<QTabWidget>(options, u"Option pages"_s);
        for (int page = 0; page < pages->count(); ++page) {
            if (pages->widget(page)->isAncestorOf(ping))
                pages->setCurrentIndex(page);
        }
        QTest::mouseClick(named<QPushButton>(options, u"Reset page"_s), Qt::LeftButton);
        QCOMPARE(ping->duration(), std::chrono::milliseconds(20'000));
    }

    void oneCaptureForAllIsTheMenusSetting()
    {
        m_window->documents().openNew();
        const QAction *action = m_window->menuActions()->get(u"keepInOneCapture"_s);
        QVERIFY(!action->isChecked());
        auto *keep = named<QCheckBox>(open(), u"Keep in one capture"_s);
        QVERIFY(keep && !keep->isChecked());
        keep->click();
        QVERIFY(Settings().keepsInOneCapture());
        m_window->menuActions()->update();
        QVERIFY(action->isChecked());
    }

    void aProxyThatCannotBeIsNotKept()
    {
        const PreferencesDialog *dialog = open();
        auto *proxy = named<QLineEdit>(dialog, u"Proxy"_s);
        proxy->setText(u"http://127.0.0.1:8080"_s);
        QCOMPARE(proxy->accessibleDescription(), QString());
        proxy->setText(u"http://:x"_s);
        QVERIFY(!proxy->accessibleDescription().isEmpty());
        QCOMPARE(Settings().newEndpoint().proxy, u"http://127.0.0.1:8080"_s);
        proxy->clear();
        QCOMPARE(proxy->accessibleDescription(), QString());
        QCOMPARE(Settings().newEndpoint().proxy, QString());
    }

    void whatAFileSaysWronglyIsNotUsed()
    {
        m_sandbox->write(u"config/sockeye/sockeye.ini"_s,
                         "[connection]\nkeepaliveSeconds=-5\nproxy=\"http://:x\"\n[captures]\nfolder=relative\n");
        const Settings settings;
        QCOMPARE(settings.newEndpoint(), Endpoint());
        QCOMPARE(settings.captureFolder(), paths::captures());
    }

    void capturesGoToTheFolder()
    {
        const QString folder = m_sandbox->path(u"elsewhere/captures"_s);
        const PreferencesDialog *dialog = open();
        m_prompts->file = folder;
        QTest::mouseClick(named<QPushButton>(dialog, u"Browse: Folder for captures"_s), Qt::LeftButton);
        // The disk is asked in the background.
        QCOMPARE(Settings().captureFolder(), paths::captures());
        QTRY_COMPARE_WITH_TIMEOUT(Settings().captureFolder(), folder, Patience);
        QVERIFY(QFileInfo(folder).isDir());
        m_window->echo().connectTo();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), ConnectionTab::State::Open, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->capturePath().startsWith(folder + u'/'), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->recentCaptures().captures().size(), 1, Patience);
        // The next start goes there, too.
        makeWindow();
        m_window->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_window->recentCaptures().captures().size(), 1, Patience);
    }

    void theFolderIsTakenWhenThePreferencesAreClosedAtOnce()
    {
        PreferencesDialog *dialog = open();
        auto *line = named<QLineEdit>(dialog, u"Folder for captures"_s);
        line->setText(m_sandbox->path(u"other"_s));
        QTest::keyClick(line, Qt::Key_Return);
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_COMPARE_WITH_TIMEOUT(Settings().captureFolder(), m_sandbox->path(u"other"_s), Patience);
    }

    void theLatestFolderWins()
    {
        const PreferencesDialog *dialog = open();
        auto *line = named<QLineEdit>(dialog, u"Folder for captures"_s);
        for (const QString &name : {u"first"_s, u"second"_s}) {
            line->setText(m_sandbox->path(name));
            QTest::keyClick(line, Qt::Key_Return);
        }
        QTRY_COMPARE_WITH_TIMEOUT(Settings().captureFolder(), m_sandbox->path(u"second"_s), Patience);
    }

    void aFolderThatCannotBeIsNotTaken_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("relative") << u"captures"_s;
        QTest::newRow("below a file") << u"/file/captures"_s;
    }

    void aFolderThatCannotBeIsNotTaken()
    {
        QFETCH(QString, folder);
        if (folder.startsWith(u'/'))
            folder = QFileInfo(m_sandbox->write(u"file"_s, "x")).absolutePath() + folder;
        const PreferencesDialog *dialog = open();
        auto *line = named<QLineEdit>(dialog, u"Folder for captures"_s);
        line->setText(folder);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!line->accessibleDescription().isEmpty(), Patience);
        QVERIFY(dialog->isVisible());
        QCOMPARE(Settings().captureFolder(), paths::captures());
        line->clear();
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(line->accessibleDescription(), QString());
    }

    void anotherFolderNeedsConsentAnew()
    {
        Settings().setValue(Key::RetentionConfirmed, true);
        makeWindow();
        const PreferencesDialog *dialog = open();
        auto *line = named<QLineEdit>(dialog, u"Folder for captures"_s);
        line->setText(m_sandbox->path(u"other"_s));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!Settings().value(Key::RetentionConfirmed).toBool(), Patience);
    }

    void namesOfSecretsStayReachable()
    {
        const PreferencesDialog *dialog = open();
        dialog->pages()->setCurrentIndex(dialog->pages()->count() - 1);
        QTest::mouseClick(named<QPushButton>(dialog, u"Names of secrets"_s), Qt::LeftButton);
        QVERIFY(dialog->findChild<SecretNamesDialog *>());
    }

    void closingIsAskedAboutIfChosen()
    {
        m_window->echo().connectTo();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), ConnectionTab::State::Open, Patience);
        const PreferencesDialog *dialog = open();
        auto *ask = named<QCheckBox>(dialog, u"Ask before closing"_s);
        dialog->pages()->setCurrentIndex(dialog->pages()->count() - 1);
        QTest::mouseClick(ask, Qt::LeftButton, {}, QPoint(8, ask->height() / 2));
        QVERIFY(ask->isChecked());
        QTest::keyClick(m_window->findChild<PreferencesDialog *>(), Qt::Key_Escape);

        m_prompts->accept = false;
        m_window->documents().closeCurrent();
        QCOMPARE(m_prompts->asked.size(), 1);
        QCOMPARE(m_window->documents().all().size(), 1);
        m_window->close();
        QCOMPARE(m_prompts->asked.size(), 2);
        QVERIFY(m_window->isVisible());
        QVERIFY(tab()->isActive());

        // A tab without a connection goes as ever.
        m_window->documents().openNew();
        m_window->documents().closeCurrent();
        QCOMPARE(m_prompts->asked.size(), 2);

        m_prompts->accept = true;
        m_window->documents().closeCurrent();
        QCOMPARE(m_window->documents().all().size(), 0);
        QCOMPARE(m_prompts->asked.size(), 3);
    }

    void theWindowClosesOnceAgreed()
    {
        Settings().setValue(Key::ConfirmClosing, true);
        makeWindow();
        m_window->echo().connectTo();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), ConnectionTab::State::Open, Patience);
        m_window->close();
        QCOMPARE(m_prompts->asked.size(), 1);
        QTRY_VERIFY(!m_window->isVisible());
    }

    /// By a signal, say.
    void theProgramEndsUnasked()
    {
        Settings().setValue(Key::ConfirmClosing, true);
        makeWindow();
        m_window->echo().connectTo();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), ConnectionTab::State::Open, Patience);
        m_window->closeUnasked();
        QCOMPARE(m_prompts->asked, QStringList());
        QVERIFY(!m_window->isVisible());
    }

private:
    void makeWindow()
    {
        m_window.reset();
        m_window = std::make_unique<MainWindow>(*m_prompts);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    [[nodiscard]] PreferencesDialog *open() const
    {
        QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
        auto *dialog = m_window->findChild<PreferencesDialog *>();
        return dialog && QTest::qWaitForWindowActive(dialog) ? dialog : nullptr;
    }

    [[nodiscard]] ConnectionTab *tab() const { return qobject_cast<ConnectionTab *>(m_window->documents().current()); }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ScriptedPrompts> m_prompts;
    std::unique_ptr<MainWindow> m_window;
};

SOCKEYE_TEST(PreferencesTest, QApplication)
#include "tst_preferences.moc"
