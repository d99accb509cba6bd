#include "document/FileSource.h"
#include "document/OpenCapture.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/capture/Samples.h"
#include "tests/plot/PlotSamples.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/plot/PlotPage.h"
#include "widgets/plot/PlotView.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

NewEntry trade(int i)
{
    NewEntry entry =
        samples::text("{\"price\":" + QByteArray::number(100 + i % 50) + "}", PlotStart + qint64(i) * 1'000'000);
    entry.connection = ConnectionId(1);
    return entry;
}

/// A capture that a writer fills, and that says how far it is.
class GrowingSource final : public CaptureSource
{
public:
    explicit GrowingSource(const QString &path)
        : m_path(path)
        , m_writer(samples::writer(path))
    {
    }

    [[nodiscard]] QString path() const override { return m_path; }
    [[nodiscard]] bool isCreated() const override { return true; }
    [[nodiscard]] bool isLive() const override { return true; }
    bool annotate(const AnnotationMap &) override { return false; }

    void grow(int count)
    {
        for (int i = 0; i < count; ++i)
            m_last = m_writer->append(trade(m_count++));
        m_writer->flush();
        Q_EMIT advanced(m_last);
    }

private:
    QString m_path;
    std::unique_ptr<CaptureWriter> m_writer;
    EntryId m_last;
    int m_count = 0;
};

} // namespace

/// The page around a plot.
class PlotPageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        theme::apply(*qApp, theme::Scheme::Light);
        m_folder = std::make_unique<QTemporaryDir>();
        m_source = std::make_unique<GrowingSource>(m_folder->filePath(u"c.sockeye"_s));
        m_source->grow(500);
        m_capture = std::make_unique<OpenCapture>(*m_source);
        m_page = std::make_unique<PlotPage>();
        m_page->setPrompts(&m_prompts);
        m_page->resize(900, 400);
        m_page->setCapture(m_capture.get());
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }
    void cleanup()
    {
        m_page.reset();
        m_capture.reset();
        m_source.reset();
        m_prompts.file.clear();
    }

    void aFieldIsTypedAndDrawn()
    {
        QVERIFY(!m_page->view()->isVisible());
        QVERIFY(labelWith(u"Nothing is drawn yet"_s)->isVisible());
        type(u"$.price"_s);
        QCOMPARE(m_page->fields(), (std::vector{PlotField{PlotField::Kind::Field, u"$.price"_s}}));
        QTRY_COMPARE_WITH_TIMEOUT(drawn(0), 500, Patience);
        QVERIFY(m_page->view()->isVisible());
        QVERIFY(!labelWith(u"Nothing is drawn yet"_s));
        QCOMPARE(list()->count(), 1);
        QCOMPARE(list()->item(0)->text(), u"$.price"_s);
        // Once is enough.
        type(u"$.price"_s);
        QCOMPARE(list()->count(), 1);
    }

    void whatIsNoPathIsTold()
    {
        type(u"$.["_s);
        QVERIFY(m_page->fields().empty());
        const auto *message = shownError();
        QVERIFY(message && !message->text().isEmpty());
        QTest::keyClicks(path(), u"x"_s);
        QVERIFY(!shownError());
    }

    void numbersAreCompleted()
    {
        path()->setFocus();
        QTRY_COMPARE_WITH_TIMEOUT(path()->completer()->model()->rowCount(), 1, Patience);
        QCOMPARE(path()->completer()->model()->index(0, 0).data().toString(), u"$.price"_s);
    }

    void itGrowsWithTheCapture()
    {
        m_page->addField({PlotField::Kind::Field, u"price"_s});
        m_page->addField({PlotField::Kind::Size});
        QTRY_COMPARE_WITH_TIMEOUT(drawn(1), 500, Patience);
        m_source->grow(700);
        QTRY_COMPARE_WITH_TIMEOUT(drawn(0), 1'200, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(drawn(1), 1'200, Patience);
        // Hidden, it rests, and brings what it missed.
        m_page->hide();
        m_source->grow(300);
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(drawn(0), 1'500, Patience);
    }

    void linesAreTakenAway()
    {
        for (const PlotField::Kind kind : {PlotField::Kind::Size, PlotField::Kind::Rate, PlotField::Kind::Delta})
            m_page->addField({kind});
        QCOMPARE(list()->count(), 3);
        list()->setFocus();
        list()->setCurrentRow(1);
        QTest::keyClick(list(), Qt::Key_Delete);
        QCOMPARE(m_page->fields(), (std::vector{PlotField{PlotField::Kind::Size}, {PlotField::Kind::Delta}}));
        QTest::mouseClick(button(u"Take the line away"_s), Qt::LeftButton);
        QTest::mouseClick(button(u"Take the line away"_s), Qt::LeftButton);
        QVERIFY(m_page->fields().empty());
        QVERIFY(labelWith(u"Nothing is drawn yet"_s)->isVisible());
        for (int i = 0; i < PlotPage::MaxLines + 1; ++i)
            m_page->addField({PlotField::Kind::Field, u"f%1"_s.arg(i)});
        QCOMPARE(m_page->fields().size(), size_t(PlotPage::MaxLines));
        QVERIFY(shownError());
    }

    void theScaleIsChosen()
    {
        m_page->addField({PlotField::Kind::Size});
        QTRY_COMPARE_WITH_TIMEOUT(drawn(0), 500, Patience);
        auto *scale = button(u"Logarithmic scale"_s);
        scale->setFocus();
        QTest::keyClick(scale, Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(m_page->view()->scene().isLogarithmic, Patience);
    }

    /// Each capture has its own plot while it is open.
    void plotsStayWithTheirCaptures()
    {
        m_page->addField({PlotField::Kind::Size});
        QTRY_COMPARE_WITH_TIMEOUT(drawn(0), 500, Patience);
        const QString other = m_folder->filePath(u"other.sockeye"_s);
        samples::makeCapture(other, 3);
        FileSource source(other);
        auto capture = std::make_unique<OpenCapture>(source);
        m_page->setCapture(capture.get());
        QVERIFY(m_page->fields().empty());
        m_page->addField({PlotField::Kind::WireSize});
        QTRY_COMPARE_WITH_TIMEOUT(drawn(0), 3, Patience);
        m_page->setCapture(m_capture.get());
        QCOMPARE(m_page->fields(), (std::vector{PlotField{PlotField::Kind::Size}}));
        QTRY_COMPARE_WITH_TIMEOUT(drawn(0), 500, Patience);
        m_page->setCapture(capture.get());
        capture.reset();
        QVERIFY(m_page->fields().empty());
        m_page->addField({PlotField::Kind::Size});
        QVERIFY(m_page->fields().empty());
        QVERIFY(labelWith(u"Open a capture"_s)->isVisible());
    }

    void aRangeIsShownAndFiltered()
    {
        m_page->addField({PlotField::Kind::Size});
        QTRY_COMPARE_WITH_TIMEOUT(drawn(0), 500, Patience);
        const TimeSpan part{timestampFromNs(PlotStart + 100'000'000), timestampFromNs(PlotStart + 199'000'000)};
        m_page->view()->setRange(part);
        QTRY_COMPARE_WITH_TIMEOUT(drawn(0), 100, Patience);
        QSignalSpy filter(m_page.get(), &PlotPage::filterWanted);
        QTest::mouseClick(button(u"Filter the log by this time"_s), Qt::LeftButton);
        QCOMPARE(filter.size(), 1);
        QVERIFY(filter[0][0].toString().startsWith(u"time:2023-11-1"_s));
        QTest::mouseClick(button(u"Show all of it"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(drawn(0), 500, Patience);
    }

    void pointsAreExported()
    {
        m_page->addField({PlotField::Kind::Field, u"$.price"_s});
        QTRY_COMPARE_WITH_TIMEOUT(drawn(0), 500, Patience);
        QSignalSpy notice(m_page.get(), &PlotPage::notice);
        m_prompts.file = m_folder->filePath(u"p.csv"_s);
        const QList<QAction *> actions = button(u"Export the plot"_s)->menu()->actions();
        QCOMPARE(actions.size(), 3);
        actions[2]->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(notice.size(), 1, Patience);
        QFile file(m_prompts.file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count('\n'), 501);
    }

    void everyControlIsReachedAndNamed()
    {
        m_page->addField({PlotField::Kind::Size});
        QTRY_COMPARE_WITH_TIMEOUT(drawn(0), 500, Patience);
        for (const QWidget *control : m_page->findChildren<QWidget *>()) {
            if (!qobject_cast<const QToolButton *>(control) && !qobject_cast<const QLineEdit *>(control) &&
                !qobject_cast<const QListWidget *>(control) && !qobject_cast<const PlotView *>(control))
                continue;
            // A line edit's own button.
            if (qobject_cast<const QLineEdit *>(control->parentWidget()))
                continue;
            QVERIFY2(!control->accessibleName().isEmpty(), control->metaObject()->className());
            QVERIFY2(control->focusPolicy() & Qt::TabFocus, qPrintable(control->accessibleName()));
        }
    }

private:
    [[nodiscard]] qint64 drawn(size_t line) const
    {
        const PlotScene &scene = m_page->view()->scene();
        qint64 count = 0;
        for (const PlotColumn &column :
             line < scene.lines.size() ? scene.lines[line].columns : std::vector<PlotColumn>())
            count += column.count;
        return count;
    }
    [[nodiscard]] QLineEdit *path() const { return m_page->findChild<QLineEdit *>(); }
    [[nodiscard]] QListWidget *list() const { return m_page->findChild<QListWidget *>(); }
    [[nodiscard]] QToolButton *button(const QString &name) const
    {
        for (QToolButton *one : m_page->findChildren<QToolButton *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        qFatal("no button %s", qPrintable(name));
    }
    [[nodiscard]] QLabel *labelWith(const QString &text) const
    {
        for (QLabel *label : m_page->findChildren<QLabel *>()) {
            if (label->text().contains(text) && label->isVisible())
                return label;
        }
        return nullptr;
    }
    [[nodiscard]] QLabel *shownError() const
    {
        for (QLabel *label : m_page->findChildren<QLabel *>()) {
            if (label->property("error").toBool() && label->isVisible())
                return label;
        }
        return nullptr;
    }
    void type(const QString &text)
    {
        path()->setFocus();
        path()->setText(text);
        QTest::keyClick(path(), Qt::Key_Return);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<GrowingSource> m_source;
    std::unique_ptr<OpenCapture> m_capture;
    std::unique_ptr<PlotPage> m_page;
    ScriptedPrompts m_prompts;
};

SOCKEYE_TEST(PlotPageTest, QApplication)
#include "tst_plotpage.moc"
