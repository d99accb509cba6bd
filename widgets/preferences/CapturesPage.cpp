#include "widgets/preferences/CapturesPage.h"

#include "base/Paths.h"
#include "library/Settings.h"
#include "widgets/controls/PathField.h"
#include "widgets/library/DiskLimitsRow.h"
#include "widgets/library/RetentionRow.h"
#include "widgets/options/OptionsForm.h"
#include "widgets/preferences/CaptureFolderChoice.h"

#include <QDir>
#include <QVBoxLayout>

namespace sockeye {

CapturesPage::CapturesPage(Settings &settings, CaptureFolderChoice &choice, Retention &retention, Prompts &prompts,
                           QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_choice(choice)
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
    connect(m_folder, &PathField::editingFinished, this, [this] { m_choice.take(m_folder->path()); });
    connect(&m_choice, &CaptureFolderChoice::checked, this, [this](const QString &folder, const QString &problem) {
        // What is being typed meanwhile is asked about at its end.
        if (folder == m_folder->path())
            m_form->setProblem(m_folder, problem);
    });
}

} // namespace sockeye
