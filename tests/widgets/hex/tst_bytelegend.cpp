#include "widgets/hex/ByteLegend.h"

#include "HexViewer.h"
#include "support/Sandbox.h"
#include "support/TestProgram.h"
#include "widgets/hex/HexStyles.h"

#include <QApplication>
#include <QSet>

#include <array>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// Bytes coloured by what kind of byte they are.
class ByteLegendTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void cleanup() { HexStyles::shared().setStyle({}); }

    void classes()
    {
        QCOMPARE(byteClass('a'), ByteClass::Printable);
        QCOMPARE(byteClass(' '), ByteClass::Printable);
        QCOMPARE(byteClass('~'), ByteClass::Printable);
        for (const quint8 control : std::array<quint8, 4>{1, 0x0a, 0x1f, 0x7f})
            QCOMPARE(byteClass(control), ByteClass::Control);
        QCOMPARE(byteClass(0), ByteClass::Zero);
        QCOMPARE(byteClass(0x80), ByteClass::High);
        QCOMPARE(byteClass(0xff), ByteClass::High);
        QCOMPARE(byteSign('a'), u'a');
    }

    /// Each class has a sign of its own, and a colour that can be read.
    void noClassIsToldByItsColourAlone()
    {
        for (const auto scheme : {theme::Scheme::Light, theme::Scheme::Dark}) {
            theme::apply(*qApp, scheme);
            const ThemeColors &colors = theme::colors(qApp->palette());
            QSet<QChar> signs;
            QSet<QRgb> seen;
            for (const quint8 byte : std::array<quint8, 4>{0x61, 0x0a, 0x00, 0xff}) {
                signs += byteSign(byte);
                seen += byteColor(colors, byteClass(byte)).rgb();
            }
            QCOMPARE(signs.size(), 4);
            QCOMPARE(seen.size(), 4);
        }
        theme::apply(*qApp, theme::Scheme::Light);
    }

    void bytesHaveTheirColours()
    {
        Viewer viewer(QByteArray(16, '\xff') + QByteArray(16, '\x01') + QByteArray(16, 'H'));
        viewer.view.clearFocus();
        const auto has = [&viewer](qint64 row, const QColor &color) {
            const QImage image = viewer.view.viewport()->grab().toImage();
            const int height = viewer.view.hexLayout().rowHeight();
            const int top = 6 + static_cast<int>(row) * height;
            for (int y = top; y < top + height; ++y) {
                for (int x = viewer.view.hexLayout().hexX(0); x < image.width(); ++x) {
                    if (image.pixelColor(x, y) == color)
                        return true;
                }
            }
            return false;
        };
        const ThemeColors &colors = theme::colors(viewer.view.palette());
        QVERIFY(!has(0, colors.highByte));
        HexStyle style;
        style.coloring = HexStyle::Coloring::Class;
        HexStyles::shared().setStyle(style);
        QVERIFY(has(0, colors.highByte) && !has(0, colors.text));
        QVERIFY(has(1, colors.controlByte) && !has(1, colors.highByte));
        QVERIFY(has(2, colors.text) && !has(2, colors.controlByte));
    }

    void isSeenWhileItSaysSomething()
    {
        QWidget window;
        window.resize(600, 40);
        ByteLegend legend(&window);
        window.show();
        QVERIFY(!legend.isVisible());
        HexStyle style;
        style.coloring = HexStyle::Coloring::Class;
        HexStyles::shared().setStyle(style);
        QVERIFY(legend.isVisible());
        QVERIFY(legend.accessibleDescription().contains(u"• control"));
        legend.resize(600, 20);
        const int oneLine = legend.sizeHint().height();
        legend.resize(150, 20);
        QVERIFY(legend.sizeHint().height() > oneLine);
        style.coloring = HexStyle::Coloring::None;
        HexStyles::shared().setStyle(style);
        QVERIFY(!legend.isVisible());
    }

private:
    const Sandbox m_sandbox;
};

SOCKEYE_TEST(ByteLegendTest, QApplication)
#include "tst_bytelegend.moc"
