#include "widgets/style/Icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

// Q_INIT_RESOURCE must stand outside any namespace.
static void initIconResources()
{
    Q_INIT_RESOURCE(sockeye);
}

namespace sockeye::icons {

namespace {

/// Draws an SVG for every size it is asked for, so that it is crisp on any screen.
class SvgEngine final : public QIconEngine
{
public:
    SvgEngine(QByteArray normal, QByteArray disabled)
        : m_normal(std::move(normal))
        , m_disabled(std::move(disabled))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        QSvgRenderer renderer(mode == QIcon::Disabled ? m_disabled : m_normal);
        const int side = qMin(rect.width(), rect.height());
        QRectF square(0, 0, side, side);
        square.moveCenter(QRectF(rect).center());
        renderer.render(painter, square);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        // Buttons ask for it at every painting.
        const QString key = QStringLiteral("sockeye %1 %2 ").arg(size.width()).arg(size.height()) +
                            QString::fromUtf8(mode == QIcon::Disabled ? m_disabled : m_normal);
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        paint(&painter, QRect(QPoint(), size), mode, state);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    [[nodiscard]] QIconEngine *clone() const override { return new SvgEngine(m_normal, m_disabled); }

private:
    QByteArray m_normal;
    QByteArray m_disabled;
};

QIcon iconOf(const QByteArray &normal, const QByteArray &disabled)
{
    return QIcon(new SvgEngine(normal, disabled));
}

QByteArray load(const QString &name)
{
    initIconResources();
    QFile file(QStringLiteral(":/sockeye/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray colored(QByteArray svg, const QColor &color)
{
    return svg.replace("currentColor", color.name().toLatin1());
}

} // namespace

QIcon get(const QString &name, const QPalette &palette)
{
    const QByteArray svg = load(name);
    if (svg.isEmpty())
        return {};
    return iconOf(colored(svg, palette.color(QPalette::Active, QPalette::ButtonText)),
                  colored(svg, palette.color(QPalette::Disabled, QPalette::ButtonText)));
}

QIcon drawn(const QByteArray &elements, const QColor &color)
{
    const QByteArray svg =
        colored("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\">" + elements + "</svg>", color);
    return iconOf(svg, svg);
}

QIcon dot(const QColor &color)
{
    return drawn(R"(<circle cx="8" cy="8" r="4" fill="currentColor"/>)", color);
}

QIcon application()
{
    const QByteArray svg = load(QStringLiteral("sockeye"));
    return iconOf(svg, svg);
}

} // namespace sockeye::icons
