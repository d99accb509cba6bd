#include "widgets/payload/ByteFinder.h"

#include "support/TestProgram.h"
#include "widgets/hex/HexView.h"
#include "widgets/payload/FindBar.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

/// Bytes of which all from a place on cannot be read.
class DamagedBytes final : public ByteSource
{
public:
    [[nodiscard]] qint64 size() const override { return m_bytes.size(); }
    [[nodiscard]] Byte at(ByteOffset offset) const override
    {
        return {static_cast<quint8>(m_bytes.at(offset.value())), false};
    }
    void read(ByteOffset offset, qint64 length, Done done) const override
    {
        if (offset.value() + length > m_sound)
            done(Error{u"The file is damaged."_s});
        else
            done(m_bytes.mid(offset.value(), length));
    }
    void setSound(qint64 size) { m_sound = size; }

private:
    QByteArray m_bytes = QByteArray(2 * ByteFinder::PieceSize, 'x');
    qint64 m_sound = 0;
};

} // namespace

/// Finding in bytes, apart from any page.
class ByteFinderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatCannotBeRead_data()
    {
        QTest::addColumn<qint64>("sound");
        QTest::newRow("nothing") << qint64(0);
        QTest::newRow("the first piece") << ByteFinder::PieceSize + ByteFinder::Overlap;
    }
    void saysWhatCannotBeRead()
    {
        QFETCH(qint64, sound);
        DamagedBytes bytes;
        bytes.setSound(sound);
        HexView view;
        FindBar bar(u"Find in bytes"_s);
        ByteFinder finder(bar, view);
        view.setSource(&bytes);
        bar.begin();
        auto *field = bar.findChild<QLineEdit *>();
        field->setText(u"y"_s);
        QTRY_COMPARE(bar.findChild<QLabel *>()->text(), u"–"_s);
        QCOMPARE(field->accessibleDescription(), u"The file is damaged."_s);
        QVERIFY(field->property("error").toBool());
        // Once it can be read, it is looked for again.
        bytes.setSound(bytes.size());
        finder.sourceChanged();
        QTRY_COMPARE(bar.findChild<QLabel *>()->text(), u"none"_s);
        QVERIFY(!field->property("error").toBool());
    }
};

SOCKEYE_TEST(ByteFinderTest, QApplication)
#include "tst_bytefinder.moc"
