#include "widgets/preferences/CapturesPage.h"

#include "base/OwnerOnly.h"
#include "base/Paths.h"
#include "library/Settings.h"
#include "widgets/controls/PathField.h"
#include "widgets/library/DiskLimitsRow.h"
#include "widgets/library/Retention.h"
#include "widgets/library/RetentionRow.h"
#include "widgets/options/OptionsForm.h"

#include <QDir>
#include <QFileInfo>
#include <QVBoxLayout>

namespace sockeye {

CapturesPage::CapturesPage(Settings &settings, Retention &retention, Prompts &prompts, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_retention(retention)
    , m_prompts(prompts)
    , m_form(new OptionsForm(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch(1);
    addFolder();
    m_form->addRow(tr("How many stay"), new RetentionRow(retention, prompts, this));
    m_form->addRow(tr("The disk"), new DiskLimitsRow(settings, this));
}

void CapturesPage::addFolder()
{
    m_folder = new PathField(PathField::Mode::Folder, tr("Folder for captures"), m_prompts, this);
    m_folder->setPath(m_settings.value(Settings::Key::CaptureFolder).toString());
    m_folder->setPlaceholder(QDir::toNativeSeparators(paths::captures()));
    m_form->addRow(tr("&Folder"), m_folder,
                   tr("Where what connections record from now on goes, and what is listed as recent. Captures that "
                      "stand elsewhere stay there. Empty for the usual folder."));
    connect(m_folder, &PathField::editingFinished, this, &CapturesPage::takeFolder);
}

void CapturesPage::takeFolder()
{
    const QString folder = m_folder->path();
    QString problem;
    if (!folder.isEmpty()) {
        if (!QDir::isAbsolutePath(folder))
            problem = tr("Write the whole path, from the root of the disk on.");
        else if (!owneronly::makeFolder(folder) || !QFileInfo(folder).isDir())
            problem = tr("This folder cannot be made. Check your rights to the one above it.");
        else if (!QFileInfo(folder).isWritable())
            problem = tr("This folder cannot be written. Check your rights to it.");
    }
    m_form->setProblem(m_folder, problem);
    if (!problem.isEmpty() || folder == m_settings.value(Settings::Key::CaptureFolder).toString())
        return;
    m_settings.setValue(Settings::Key::CaptureFolder, folder);
    m_retention.forgetConsent();
    Q_EMIT folderChanged();
}

} // namespace sockeye
