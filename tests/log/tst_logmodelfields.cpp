#include "conversation/ConversationReader.h"
#include "formats/FormatSet.h"
#include "log/OpenedLog.h"
#include "support/TestProgram.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// Fields of messages as columns of the log.
class LogModelFieldsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_log = std::make_unique<SampleLog>();
        for (int n = 0; n < 200; ++n) {
            const QByteArray number = QByteArray::number(n);
            m_log->add(Direction::In, EntryKind::Text,
                       "{\"type\":\"trade\",\"data\":{\"price\":" + number + ".50,\"id\":\"x" + number + "\"}}");
        }
        m_log->add(Direction::In, EntryKind::Ping, "beat");
        m_log->add(Direction::In, EntryKind::Text, "no JSON");
        m_log->writer().flush();
        m_opened = std::make_unique<OpenedLog>(m_log->path());
        QTRY_COMPARE(m_opened->model.rowCount(), 202);
    }
    void cleanup()
    {
        m_opened.reset();
        m_log.reset();
    }

    void eachRowShowsItsField()
    {
        QSignalSpy inserted(&model(), &LogModel::columnsInserted);
        model().setFieldColumns({{.path = u"$.data.price"_s}, {.path = u"id"_s, .title = u"Trade"_s}});
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(model().columnCount(), LogModel::ColumnCount + 2);
        QCOMPARE(title(0), u"price"_s);
        QCOMPARE(title(1), u"Trade"_s);
        QVERIFY(!model().headerData(LogModel::ColumnCount + 2, Qt::Horizontal).isValid());
        QTRY_COMPARE(cell(7, 0), u"7.50"_s);
        QCOMPARE(cell(7, 1), u"x7"_s);
        QTRY_COMPARE(cell(199, 0), u"199.50"_s);
        QTRY_VERIFY(isRight(0) && !isRight(1));
        // What is no such message has none, and what is of the entry is so in these columns, too.
        QCOMPARE(cell(200, 0), QString());
        QCOMPARE(cell(201, 0), QString());
        QVERIFY(m_opened->data(7, LogModel::ColumnCount, LogModel::LoadedRole).toBool());
        QCOMPARE(m_opened->data(7, LogModel::ColumnCount, LogModel::EntryIdRole).toLongLong(), 8);
    }

    void columnsComeAndGo()
    {
        model().setSmartPreview(true);
        QTRY_COMPARE(m_opened->text(3, LogModel::PreviewColumn), u"type=trade data={price=3.50 id=x3}"_s);
        model().setFieldColumns({{.path = u"$.data.price"_s}});
        // Previews are not read again for it.
        QCOMPARE(m_opened->text(3, LogModel::PreviewColumn), u"type=trade data={price=3.50 id=x3}"_s);
        QTRY_COMPARE(cell(3, 0), u"3.50"_s);
        QSignalSpy removed(&model(), &LogModel::columnsRemoved);
        model().setFieldColumns({{.path = u"$.data.price"_s}, {.path = u"$.type"_s}});
        QCOMPARE(removed.size(), 0);
        QTRY_COMPARE(cell(3, 1), u"trade"_s);
        QCOMPARE(cell(3, 0), u"3.50"_s);
        model().setFieldColumns({{.path = u"$.type"_s}});
        QCOMPARE(removed.size(), 1);
        QVERIFY(cell(3, 0) != u"3.50"_s);
        QTRY_COMPARE(cell(3, 0), u"trade"_s);
        // A title alone moves nothing.
        model().setFieldColumns({{.path = u"$.type"_s, .title = u"What"_s}});
        QCOMPARE(removed.size(), 1);
        QCOMPARE(title(0), u"What"_s);
        model().setFieldColumns({});
        QCOMPARE(model().columnCount(), int(LogModel::ColumnCount));
        QTRY_COMPARE(m_opened->text(3, LogModel::PreviewColumn), u"type=trade data={price=3.50 id=x3}"_s);
    }

    void whatComesHasThem()
    {
        model().setFieldColumns({{.path = u"$.n"_s}});
        QTRY_VERIFY(m_opened->isLoaded(201));
        const EntryId last = m_log->add(Direction::In, EntryKind::Text, R"({"n":"late"})");
        m_log->writer().flush();
        model().advanceTo(last);
        QTRY_COMPARE(cell(202, 0), u"late"_s);
    }

    /// A decoder that is chosen by hand decides what fields there are.
    void formatsDecideWhatThereIs()
    {
        const EntryId last = m_log->add(Direction::In, EntryKind::Binary, QByteArray::fromHex("a2616101616202"));
        m_log->writer().flush();
        model().advanceTo(last);
        model().setFieldColumns({{.path = u"$.a"_s}});
        QTRY_COMPARE(cell(202, 0), u"1"_s);
        QTRY_VERIFY(isRight(0));
        model().setFormats(FormatSet::make({{{DecodeRule::About::Binary, Direction::None, {}, u"msgpack"_s}}, {}, {}}));
        QVERIFY(!isRight(0));
        QTRY_COMPARE(cell(202, 0), QString());
        model().setFormats(FormatSet::standard());
        QTRY_COMPARE(cell(202, 0), u"1"_s);
    }

    /// Whose messages depend on each other: what is far from the beginning says nothing until it has been followed.
    void rowsFarFromTheBeginning()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(u"a.sockeye"_s);
        const auto writer = CaptureWriter::create(path);
        ConnectionRecord record;
        record.id = writer.value()->newConnectionId();
        record.subprotocol = u"mqtt"_s;
        writer.value()->put(record);
        const QByteArray two = (QByteArray::fromHex("30040001") + "tx").repeated(2);
        const qint64 count = 3 * (ConversationReader::Few / 2);
        for (qint64 n = 0; n < count; ++n) {
            NewEntry entry;
            entry.connection = record.id;
            entry.kind = EntryKind::Binary;
            entry.payload = two.mid(n * 4 % 6, 4);
            writer.value()->append(std::move(entry));
        }
        QVERIFY(writer.value()->finish());
        OpenedLog opened(path);
        opened.model.setFieldColumns({{.path = u"topic"_s}});
        opened.model.advanceTo(EntryId(count));
        QTRY_COMPARE_WITH_TIMEOUT(opened.text(int(count) - 1, LogModel::ColumnCount), u"t"_s, 20'000);
    }

    void longMessagesAreLookedInto()
    {
        const QByteArray filler(100'000, 'x');
        m_log->add(Direction::In, EntryKind::Text, "{\"filler\":\"" + filler + "\",\"end\":5}");
        const EntryId last =
            m_log->add(Direction::In, EntryKind::Text, "{\"filler\":\"" + filler.repeated(11) + "\",\"end\":5}");
        m_log->writer().flush();
        model().advanceTo(last);
        model().setFieldColumns({{.path = u"$.end"_s}});
        QTRY_COMPARE(cell(202, 0), u"5"_s);
        // Not into those that the filter does not look into either.
        QTRY_COMPARE(cell(203, 0), u"…"_s);
    }

    void screenReadersAreAnsweredAtOnce()
    {
        model().setFieldColumns({{.path = u"$.data.price"_s}});
        QCOMPARE(m_opened->data(150, LogModel::ColumnCount, Qt::AccessibleTextRole).toString(), u"150.50"_s);
    }

    void rowsAreCopiedWithThem()
    {
        model().setFieldColumns({{.path = u"$.data.price"_s}, {.path = u"id"_s, .title = u"a|b"_s}});
        model().setCopiedColumns({LogModel::ColumnCount + 1, LogModel::EntryColumn, LogModel::ColumnCount});
        QCOMPARE(copied(CopyFormat::Rows), u"x199\t200\t199.50\n\t201\t\n"_s);
        QCOMPARE(copied(CopyFormat::Markdown), u"| `a\\|b` | Number | `price` |\n"
                                               "| --- | ---: | --- |\n"
                                               "| `x199` | 200 | `199.50` |\n"
                                               "|  | 201 |  |\n"_s);
    }

private:
    [[nodiscard]] LogModel &model() const { return m_opened->model; }
    [[nodiscard]] QString cell(int row, int place) const { return m_opened->text(row, LogModel::ColumnCount + place); }
    [[nodiscard]] QString title(int place) const
    {
        return model().headerData(LogModel::ColumnCount + place, Qt::Horizontal).toString();
    }
    [[nodiscard]] bool isRight(int place) const
    {
        return m_opened->data(0, LogModel::ColumnCount + place, Qt::TextAlignmentRole)
            .value<Qt::Alignment>()
            .testFlag(Qt::AlignRight);
    }
    QString copied(CopyFormat format)
    {
        std::optional<CopiedRows> result;
        model().readText({{Row(199), Row(200)}}, format, this, [&result](const CopiedRows &rows) { result = rows; });
        return QTest::qWaitFor([&result] { return result.has_value(); }) ? result->text : QString();
    }

    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<OpenedLog> m_opened;
};

SOCKEYE_TEST(LogModelFieldsTest, QCoreApplication)
#include "tst_logmodelfields.moc"
