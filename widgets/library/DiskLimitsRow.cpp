#include "widgets/library/DiskLimitsRow.h"

#include "library/Settings.h"
#include "widgets/controls/Describe.h"
#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

namespace sockeye {

namespace {

constexpr int MaxMegabytes = 1'000'000'000;

QSpinBox *makeSpin(int least, const QString &special, const QString &name, const QString &toolTip, QWidget *parent)
{
    auto *spin = new QSpinBox(parent);
    spin->setRange(least, MaxMegabytes);
    spin->setSuffix(DiskLimitsRow::tr(" MB"));
    spin->setSpecialValueText(special);
    spin->setGroupSeparatorShown(true);
    spin->setSingleStep(100);
    describe(spin, name, toolTip);
    return spin;
}

} // namespace

DiskLimitsRow::DiskLimitsRow(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_reserve(makeSpin(-1, tr("1 GiB or 5 %"), tr("Free disk space"),
                         tr("Recording stops when less than this is free on the disk: by default the smaller of 1 GiB "
                            "and 5 % of it. The connection goes on; the tab offers to go on recording."),
                         this))
    , m_largest(makeSpin(0, tr("no limit"), tr("Largest capture"),
                         tr("Recording stops when a capture has become this large; the tab offers to go on."), this))
{
    m_reserve->setValue(settings.value(Settings::Key::DiskReserveMegabytes).toInt());
    m_largest->setValue(settings.value(Settings::Key::CaptureMaxMegabytes).toInt());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(new QLabel(tr("Leave free on the disk"), this));
    layout->addWidget(m_reserve);
    layout->addSpacing(theme::Gap);
    layout->addWidget(new QLabel(tr("largest capture"), this));
    layout->addWidget(m_largest);
    layout->addStretch(1);
    connect(m_reserve, &QSpinBox::valueChanged, this,
            [this](int megabytes) { m_settings.setValue(Settings::Key::DiskReserveMegabytes, megabytes); });
    connect(m_largest, &QSpinBox::valueChanged, this,
            [this](int megabytes) { m_settings.setValue(Settings::Key::CaptureMaxMegabytes, megabytes); });
}

} // namespace sockeye
