#include "capture/CaptureWriter.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/LogSettling.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/composer/Composer.h"
#include "widgets/log/LogHeader.h"
#include "widgets/log/LogView.h"
#include "widgets/payload/PayloadText.h"
#include "widgets/style/InterfaceFont.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/FileTab.h"
#include "widgets/window/MainWindow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSplitter>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize Large(1440, 900);
constexpr QSize Small(1024, 700);

QString makeCapture(const Sandbox &sandbox)
{
    const QString path = sandbox.path(u"ticks.sockeye"_s);
    auto writer = CaptureWriter::create(path);
    if (!writer)
        qFatal("%s", qPrintable(writer.message()));
    ConnectionRecord record;
    record.id = writer.value()->newConnectionId();
    record.url = u"ws://127.0.0.1:8765/ticks"_s;
    writer.value()->put(record);
    for (int i = 1; i <= 12'000; ++i) {
        NewEntry entry;
        entry.connection = record.id;
        entry.time = timestampFromNs(1'800'000'000'000'000'000 + i * qint64(20'733'456));
        entry.payload = R"({"type":"trade","symbol":"AAPL","price":143.86,"size":100,"venue":"XNAS","id":)" +
                        QByteArray::number(i) + '}';
        entry.wireSize = entry.payload.size() + 2;
        writer.value()->append(std::move(entry));
    }
    return writer.value()->finish() ? path : QString();
}

} // namespace

/// What a window of each size shows at a glance, by its geometry.
class GlanceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_capture = makeCapture(*m_sandbox);
        QVERIFY(!m_capture.isEmpty());
    }
    void cleanup()
    {
        m_window.reset();
        m_sandbox.reset();
        theme::setInterfaceFont({}, 0);
    }

    void aLargeWindowGivesThePreviewHalfOfTheLog()
    {
        open(Large);
        const LogHeader *header = log()->columnHeader();
        QVERIFY2(2 * header->sectionSize(LogModel::PreviewColumn) >= log()->viewport()->width(),
                 qPrintable(
                     u"%1 of %2"_s.arg(header->sectionSize(LogModel::PreviewColumn)).arg(log()->viewport()->width())));
        QVERIFY(named(m_window.get(), u"Profiles"_s)->isVisible());
    }

    void aSmallWindowShowsFortyCharactersAndEighteenRows()
    {
        open(Small);
        const LogHeader *header = log()->columnHeader();
        const int characters = (header->sectionSize(LogModel::PreviewColumn) - 2 * LogHeader::Padding) /
                               QFontMetrics(theme::dataFont()).horizontalAdvance(u'0');
        QVERIFY2(characters >= 40, qPrintable(QString::number(characters)));
        const LogGeometry &rows = log()->geometryOfRows();
        QVERIFY2(rows.rowsPerPage() >= 18, qPrintable(QString::number(rows.rowsPerPage())));
        QVERIFY(!named(m_window.get(), u"Profiles"_s)->isVisible());
    }

    /// What is chosen in a small window is not chosen for a large one.
    void panelsAreRememberedForEachSize()
    {
        open(Small);
        QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier);
        QVERIFY(named(m_window.get(), u"Profiles"_s)->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_I, Qt::ControlModifier);
        QVERIFY(!named(m_window.get(), u"Inspector"_s)->isVisible());
        m_window->resize(Large);
        QTRY_VERIFY(named(m_window.get(), u"Inspector"_s)->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier);
        QVERIFY(!named(m_window.get(), u"Profiles"_s)->isVisible());
        m_window->resize(Small);
        QTRY_VERIFY(named(m_window.get(), u"Profiles"_s)->isVisible());
        QVERIFY(!named(m_window.get(), u"Inspector"_s)->isVisible());
    }

    void theInspectorStandsBelowWhereThatIsChosen()
    {
        open(Large);
        const auto inspector = [this] { return named(m_window.get(), u"Inspector"_s); };
        const auto place = [this](QWidget *widget) { return widget->mapTo(m_window.get(), QPoint()); };
        QVERIFY(place(inspector()).x() > place(log()).x() + log()->width());
        m_window->panels().setInspectorPlace(InspectorPlace::Below);
        QTRY_VERIFY(place(inspector()).y() >= place(log()).y() + log()->height());
        m_window->panels().setInspectorPlace(InspectorPlace::Right);
        QTRY_VERIFY(place(inspector()).x() > place(log()).x() + log()->width());
    }

    /// Status and timeline share a row, until the timeline is wanted.
    void aSmallWindowHasASparklineBesideTheStatus()
    {
        open(Large);
        const auto *timeline = named(m_window.get(), u"Timeline"_s);
        auto *sparkline = named(m_window.get(), u"Messages per second"_s);
        QVERIFY(timeline->isVisible());
        QVERIFY(!sparkline->isVisible());
        m_window->resize(Small);
        QTRY_VERIFY(sparkline->isVisible());
        QVERIFY(!timeline->isVisible());
        const auto place = [this](const QWidget *widget) {
            return QRect(widget->mapTo(m_window.get(), QPoint()), widget->size());
        };
        const QRect status = place(named(m_window.get(), u"Connection status"_s));
        QTRY_VERIFY(place(sparkline).left() > status.right());
        QVERIFY(place(sparkline).top() <= status.bottom() && place(sparkline).bottom() >= status.top());
        QVERIFY(place(sparkline).height() <= 2 * QFontMetrics(sparkline->font()).height());
        // What was recorded is shown, as far as the timeline's buckets have been read.
        QTRY_VERIFY_WITH_TIMEOUT(sparkline->accessibleDescription().contains(u"the session: at most"), Patience);

        QTest::mouseClick(sparkline, Qt::LeftButton);
        QTRY_VERIFY(timeline->isVisible());
        QVERIFY(!sparkline->isVisible());
        QVERIFY(Settings().value(Settings::Key::SmallTimelineVisible).toBool());
        QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(sparkline->isVisible());
        m_window->resize(Large);
        QTRY_VERIFY(timeline->isVisible());
        QVERIFY(!sparkline->isVisible());
    }

    /// Ctrl+F finds where one is: in the message, or else in the log.
    void ctrlFFindsWhereTheFocusIs()
    {
        open(Large);
        log()->setCurrentEntry(EntryId(7));
        auto *text = m_window->findChild<PayloadText *>();
        QTRY_VERIFY_WITH_TIMEOUT(!text->toPlainText().isEmpty(), Patience);
        text->setFocus();
        QTest::keyClick(text, Qt::Key_F, Qt::ControlModifier);
        auto *field = named(m_window.get(), u"Find in message"_s);
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(text->hasFocus());
        log()->setFocus();
        QTest::keyClick(log(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(named(m_window.get(), u"Filter"_s)->hasFocus());
    }

    void theComposerOfASmallWindowIsOneLineUntilItIsUsed()
    {
        open(Small);
        Composer *composer = tab()->composer();
        QTRY_VERIFY(composer->isFolded());
        const int folded = composer->height();
        QVERIFY(folded < 60);
        QVERIFY(named(composer, u"Send"_s)->isVisible());
        QVERIFY(!named(composer, u"Payload type"_s)->isVisible());
        QTest::mouseClick(composer->editor()->viewport(), Qt::LeftButton);
        QTRY_VERIFY(!composer->isFolded());
        QTRY_VERIFY(composer->height() > 2 * folded);
        QVERIFY(named(composer, u"Payload type"_s)->isVisible());
        QTest::keyClicks(composer->editor(), u"hello"_s);
        log()->setFocus();
        QTRY_VERIFY(composer->isFolded());
        QTRY_COMPARE(composer->height(), folded);
        QCOMPARE(composer->editor()->toPlainText(), u"hello"_s);
        // With a focus that it is given, as after connecting, it waits for a key.
        composer->focusEditor();
        QTRY_VERIFY(composer->editor()->hasFocus());
        // What it does about its focus is queued.
        QCoreApplication::sendPostedEvents(composer, QEvent::MetaCall);
        QVERIFY(composer->isFolded());
        QTest::keyClicks(composer->editor(), u"!"_s);
        QTRY_VERIFY(!composer->isFolded());
        m_window->resize(Large);
        QTRY_VERIFY(!composer->isFolded());
    }

    /// Between press and release nothing moves away under the pointer.
    void aClickSendsFromTheFoldedLine()
    {
        open(Small);
        Composer *composer = tab()->composer();
        QTRY_VERIFY(composer->isFolded());
        composer->editor()->setPlainText(u"from the line"_s);
        log()->setFocus();
        const QSignalSpy sent(composer, &Composer::sendRequested);
        auto *send = named<QPushButton>(composer, u"Send"_s);
        composer->setCanSend(true);
        const QPoint place = send->mapToGlobal(send->rect().center());
        QTest::mousePress(send, Qt::LeftButton);
        QApplication::processEvents();
        QVERIFY(composer->isFolded());
        QCOMPARE(send->mapToGlobal(send->rect().center()), place);
        QTest::mouseRelease(send, Qt::LeftButton);
        QCOMPARE(sent.size(), 1);
    }

    void nothingIsCutOff_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("points");
        QTest::newRow("large") << Large << 0;
        QTest::newRow("small") << Small << 0;
        QTest::newRow("large, in a large font") << Large << 14;
        QTest::newRow("small, in a small font") << Small << 7;
    }
    void nothingIsCutOff()
    {
        QFETCH(QSize, size);
        QFETCH(int, points);
        Settings().setValue(Settings::Key::InterfaceFontSize, points);
        open(size);
        const QRect inside(QPoint(), m_window->size());
        const QList<QWidget *> widgets = m_window->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (!widget->isVisible() || widget->isWindow() || widget->visibleRegion().isEmpty())
                continue;
            const QString name = widget->accessibleName().isEmpty()
                                     ? QString::fromLatin1(widget->metaObject()->className())
                                     : widget->accessibleName();
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const auto *label = qobject_cast<const QLabel *>(widget);
            if (!button && !(label && label->textFormat() != Qt::RichText && !label->wordWrap()))
                continue;
            const QRect place(widget->mapTo(m_window.get(), QPoint()), widget->size());
            QVERIFY2(inside.contains(place), qPrintable(name));
            // Labels that elide say so by their own class.
            if (button && !button->text().isEmpty())
                QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(name));
        }
    }

private:
    void open(QSize size)
    {
        m_window = std::make_unique<MainWindow>(m_prompts);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        // Now, for a window is made to fit its screen when it is shown.
        m_window->resize(size);
        QTRY_COMPARE(m_window->size(), size);
        m_window->documents().openPath(m_capture);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model() && tab()->view()->model()->rowCount() == 12'000, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model()->entry(EntryId(20)), Patience);
        settleColumns(*log());
    }
    [[nodiscard]] FileTab *tab() const { return qobject_cast<FileTab *>(m_window->documents().current()); }
    [[nodiscard]] LogView *log() const { return tab()->view()->logView(); }

    std::unique_ptr<Sandbox> m_sandbox;
    QString m_capture;
    ScriptedPrompts m_prompts;
    std::unique_ptr<MainWindow> m_window;
};

SOCKEYE_TEST(GlanceTest, QApplication)
#include "tst_glance.moc"
